import type { JSX } from 'preact';
import { useEffect, useId, useMemo, useRef, useState } from 'preact/hooks';
import { DataTable, type TableData, tableText } from '../parts/data-table.js';
import { Icon } from '../parts/icon.js';
import { saveText, saveUrl } from '../parts/save.js';
import { useTheme } from '../theme/use-theme.js';
import { type ChartTheme, chartTheme, echartsTheme } from './chart-theme.js';
import { type ChartOption, type EChartsType, init } from './echarts.js';

/** A part of a chart that was clicked or chosen. */
export interface ChartPoint {
  readonly name: string;
  readonly seriesName: string;
  readonly dataIndex: number;
}

export interface ChartProps {
  readonly title: string;
  /** One sentence under the title; it also describes the chart to those who do not see it. */
  readonly description?: string;
  /** In pixels. Default 300. */
  readonly height?: number;
  /** ECharts' option. Made anew when `inputs` or the theme change. */
  readonly option: (theme: ChartTheme) => ChartOption;
  /** What the option and the table are made of, as the inputs of a hook. */
  readonly inputs: readonly unknown[];
  /** The same numbers as a table: shown on request, saved as CSV. A link of its rows is what a click on the chart does. */
  readonly table: () => TableData;
  readonly onSelect?: (point: ChartPoint) => void;
  /** Beside the buttons, such as a switch between two measures. */
  readonly actions?: JSX.Element;
  /** Takes this many columns of the page's grid, 1 to 12. Default 6. */
  readonly span?: number;
}

/** A chart on a card: it follows its place's size and the theme, has a table, and is saved as PNG and CSV. */
export function Chart(props: ChartProps) {
  const { title, description, height = 300, actions, span = 6 } = props;
  const [theme] = useTheme();
  const [asTable, setAsTable] = useState(false);
  const chart = useRef<EChartsType>();
  const heading = useId();
  const inputs = [...props.inputs, theme];
  const option = useMemo(() => props.option(chartTheme(theme)), inputs);
  const table = useMemo(() => props.table(), props.inputs);
  const savePng = () => {
    const background = chartTheme(theme).surface;
    const url = chart.current?.getDataURL({ type: 'png', pixelRatio: 2, backgroundColor: background });
    if (url) saveUrl(url, `${fileName(title)}.png`);
  };
  return (
    <section class="card chart" style={{ '--span': span }} aria-labelledby={heading}>
      <header class="card-head">
        <div>
          <h2 id={heading}>{title}</h2>
          {description && <p>{description}</p>}
        </div>
        <div class="card-actions">
          {actions}
          <button
            type="button"
            class="icon-button"
            aria-pressed={asTable}
            aria-label={`${title}: show as table`}
            title="Table"
            onClick={() => setAsTable(!asTable)}
          >
            <Icon name="table" />
          </button>
          {!asTable && (
            <button
              type="button"
              class="icon-button"
              aria-label={`${title}: save as PNG`}
              title="PNG"
              onClick={savePng}
            >
              <Icon name="image" />
            </button>
          )}
          <button
            type="button"
            class="icon-button"
            aria-label={`${title}: save as CSV`}
            title="CSV"
            onClick={() => saveText(tableText(table), `${fileName(title)}.csv`, 'text/csv')}
          >
            <Icon name="download" />
          </button>
        </div>
      </header>
      {asTable ? (
        <DataTable label={title} data={table} pageSize={12} />
      ) : (
        <Canvas
          label={`${title}. ${description ?? ''} The button "show as table" gives its numbers.`}
          height={height}
          option={option}
          chart={chart}
          {...(props.onSelect && { onSelect: props.onSelect })}
        />
      )}
    </section>
  );
}

interface CanvasProps {
  readonly label: string;
  readonly height: number;
  readonly option: ChartOption;
  readonly chart: { current: EChartsType | undefined };
  readonly onSelect?: (point: ChartPoint) => void;
}

function Canvas({ label, height, option, chart, onSelect }: CanvasProps) {
  const place = useRef<HTMLDivElement>(null);
  const [theme] = useTheme();
  const select = useRef(onSelect);
  select.current = onSelect;
  useEffect(() => {
    const element = place.current;
    if (!element) return;
    const made = init(element, echartsTheme(theme));
    chart.current = made;
    made.on('click', ({ name, seriesName = '', dataIndex }) =>
      select.current?.({ name, seriesName, dataIndex }),
    );
    const observer = new ResizeObserver(() => made.resize());
    observer.observe(element);
    return () => {
      observer.disconnect();
      made.dispose();
      chart.current = undefined;
    };
  }, [theme]);
  useEffect(() => {
    const draw = () =>
      chart.current?.setOption(
        { animation: !isStill(), animationDuration: 300, animationDurationUpdate: 200, ...option },
        true,
      );
    if (isInSight(place.current)) {
      draw();
      return;
    }
    const later = setTimeout(draw, OUT_OF_SIGHT_MS);
    return () => clearTimeout(later);
  }, [option, theme]);
  return (
    <div ref={place} class="chart-canvas" style={{ height: `${height}px` }} role="img" aria-label={label} />
  );
}

/** What is out of sight waits this long, until what is in sight is drawn. */
const OUT_OF_SIGHT_MS = 60;

function isInSight(element: Element | null): boolean {
  const { top, bottom } = element?.getBoundingClientRect() ?? { top: 0, bottom: 0 };
  return bottom >= 0 && top <= innerHeight;
}

const isStill = () => matchMedia('(prefers-reduced-motion: reduce)').matches;

const fileName = (title: string) =>
  title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
