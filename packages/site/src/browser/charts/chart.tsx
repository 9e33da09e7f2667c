import { useCallback } from 'preact/hooks';
import { useTheme } from '../theme/use-theme.js';
import { Canvas, type ChartPoint } from './canvas.js';
import { ChartCard, type ChartCardProps } from './chart-card.js';
import { type ChartTheme, chartTheme } from './chart-theme.js';
import type { ChartOption } from './echarts.js';

export interface ChartProps extends ChartCardProps {
  /** ECharts' option. Made when it is drawn, and anew when `inputs` or the theme change. */
  readonly option: (theme: ChartTheme) => ChartOption;
  readonly onSelect?: (point: ChartPoint) => void;
}

/** A chart on a card: it follows its place's size and the theme, has a table, and is saved as PNG and CSV. */
export function Chart(props: ChartProps) {
  const { height = 300, onSelect } = props;
  const [theme] = useTheme();
  const option = useCallback(() => props.option(chartTheme(theme)), [...props.inputs, theme]);
  return (
    <ChartCard {...props}>
      {(label, drawing) => (
        <Canvas
          label={label}
          height={height}
          option={option}
          drawing={drawing}
          {...(onSelect && { onSelect })}
        />
      )}
    </ChartCard>
  );
}
