import { useLayoutEffect, useRef } from 'preact/hooks';
import { useTheme } from '../theme/use-theme.js';
import type { Drawing } from './chart-card.js';
import { echartsTheme } from './chart-theme.js';
import { type ChartOption, type EChartsType, init } from './echarts.js';
import { shapeOf } from './shape.js';
import { useDrawing } from './use-drawing.js';

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
  /** Made when it is drawn; another function is another chart. */
  readonly option: () => ChartOption;
  readonly drawing: Drawing;
  readonly onSelect?: (point: ChartPoint) => void;
}

/** What ECharts draws on. It moves in at first; after a filter it shows the new numbers at once, in the chart that is there. */
export function Canvas({ label, height, option, drawing, onSelect }: CanvasProps) {
  const place = useRef<HTMLDivElement>(null);
  const [theme] = useTheme();
  const select = useRef(onSelect);
  select.current = onSelect;
  const chart = useRef<EChartsType>();
  const drawn = useRef<string>();
  useLayoutEffect(() => {
    const element = place.current;
    if (!element) return;
    const made = init(element, echartsTheme(theme));
    // It goes on asking for frames after the last that changed anything: one is enough.
    made.getZr().setSleepAfterStill(1);
    chart.current = made;
    drawn.current = undefined;
    made.on('click', ({ name, seriesName = '', dataIndex }) =>
      select.current?.({ name, seriesName, dataIndex }),
    );
    const observer = new ResizeObserver(() => fit(made, element));
    observer.observe(element);
    return () => {
      observer.disconnect();
      made.dispose();
      chart.current = undefined;
    };
  }, [theme]);
  const draw = (isNow: boolean) => {
    const [made, element] = [chart.current, place.current];
    if (!made || !element) return;
    const next = option();
    const shape = shapeOf(next);
    const isFirst = drawn.current === undefined;
    made.setOption(
      { animation: isFirst && !isNow && !isStill(), animationDuration: 300, ...next },
      { notMerge: drawn.current !== shape, lazyUpdate: !isNow },
    );
    drawn.current = shape;
    // What is laid out and painted for another size would be so twice.
    fit(made, element);
    if (isNow) made.getZr().flush();
  };
  const drawNow = useDrawing(place, draw, [option, theme]);
  drawing.current = (background) => {
    drawNow();
    return chart.current?.getDataURL({ type: 'png', pixelRatio: 2, backgroundColor: background });
  };
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

function fit(chart: EChartsType, { clientWidth, clientHeight }: HTMLElement): void {
  if (chart.getWidth() !== clientWidth || chart.getHeight() !== clientHeight) chart.resize();
}

const isStill = () => matchMedia('(prefers-reduced-motion: reduce)').matches;
