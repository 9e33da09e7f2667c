import { useEffect, useRef } from 'preact/hooks';
import { useTheme } from '../theme/use-theme.js';
import { echartsTheme } from './chart-theme.js';
import { type ChartOption, type EChartsType, init } from './echarts.js';
import { shapeOf } from './shape.js';

/** A part of a chart that was clicked or chosen. */
export interface ChartPoint {
  readonly name: string;
  readonly seriesName: string;
  readonly dataIndex: number;
}

interface CanvasProps {
  readonly label: string;
  /** In pixels; where its card is higher it fills the card. */
  readonly height: number;
  readonly option: ChartOption;
  readonly chart: { current: EChartsType | undefined };
  readonly onSelect?: (point: ChartPoint) => void;
}

/** What ECharts draws on. It moves in at first; after a filter it shows the new numbers at once, in the chart that is there. */
export function Canvas({ label, height, option, chart, onSelect }: CanvasProps) {
  const place = useRef<HTMLDivElement>(null);
  const [theme] = useTheme();
  const select = useRef(onSelect);
  select.current = onSelect;
  const drawn = useRef<string>();
  useEffect(() => {
    const element = place.current;
    if (!element) return;
    const made = init(element, echartsTheme(theme));
    chart.current = made;
    drawn.current = undefined;
    made.on('click', ({ name, seriesName = '', dataIndex }) =>
      select.current?.({ name, seriesName, dataIndex }),
    );
    const observer = new ResizeObserver(() => {
      const isSame = made.getWidth() === element.clientWidth && made.getHeight() === element.clientHeight;
      if (!isSame) made.resize();
    });
    observer.observe(element);
    return () => {
      observer.disconnect();
      made.dispose();
      chart.current = undefined;
    };
  }, [theme]);
  useEffect(() => {
    const draw = () => {
      const shape = shapeOf(option);
      const isFirst = drawn.current === undefined;
      chart.current?.setOption(
        { animation: isFirst && !isStill(), animationDuration: 300, ...option },
        { notMerge: drawn.current !== shape, lazyUpdate: true },
      );
      drawn.current = shape;
    };
    if (isInSight(place.current)) {
      draw();
      return;
    }
    const later = setTimeout(draw, OUT_OF_SIGHT_MS);
    return () => clearTimeout(later);
  }, [option, theme]);
  return (
    <div
      ref={place}
      class="chart-canvas"
      style={{ flexBasis: `${height}px` }}
      role="img"
      aria-label={label}
    />
  );
}

/** What is out of sight waits this long, until what is in sight is drawn. */
const OUT_OF_SIGHT_MS = 60;

function isInSight(element: Element | null): boolean {
  const { top, bottom } = element?.getBoundingClientRect() ?? { top: 0, bottom: 0 };
  return bottom >= 0 && top <= innerHeight;
}

const isStill = () => matchMedia('(prefers-reduced-motion: reduce)').matches;
