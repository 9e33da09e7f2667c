import type { JSX } from 'preact';
import { useId, useMemo, useRef, useState } from 'preact/hooks';
import { DataTable, type TableData, tableText } from '../parts/data-table.js';
import { Icon } from '../parts/icon.js';
import { saveText, saveUrl } from '../parts/save.js';
import { useTheme } from '../theme/use-theme.js';
import { Canvas, type ChartPoint } from './canvas.js';
import { type ChartTheme, chartTheme } from './chart-theme.js';
import type { ChartOption, EChartsType } from './echarts.js';
import { type ChartRows, Scroller } from './scroller.js';

export interface ChartProps {
  readonly title: string;
  /** One sentence under the title; it also describes the chart to those who do not see it. */
  readonly description?: string;
  /** In pixels. Default 300. */
  readonly height?: number;
  /** ECharts' option. Made anew when `inputs`, the theme or the first row in sight change. */
  readonly option: (theme: ChartTheme, firstRow: number) => ChartOption;
  /** For a chart of many rows: one scrolls through them, and `option` draws those in sight. */
  readonly rows?: ChartRows;
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
  const { title, description, height = 300, actions, span = 6, rows } = props;
  const [theme] = useTheme();
  const [asTable, setAsTable] = useState(false);
  const chart = useRef<EChartsType>();
  const heading = useId();
  const [scrolledTo, setScrolledTo] = useState(0);
  const hidden = rows ? Math.max(0, rows.count - rows.inSight) : 0;
  const first = Math.min(scrolledTo, hidden);
  const inputs = [...props.inputs, theme, first];
  const option = useMemo(() => props.option(chartTheme(theme), first), inputs);
  const table = useMemo(() => props.table(), props.inputs);
  const savePng = () => {
    const background = chartTheme(theme).surface;
    const url = chart.current?.getDataURL({ type: 'png', pixelRatio: 2, backgroundColor: background });
    if (url) saveUrl(url, `${fileName(title)}.png`);
  };
  const canvas = (
    <Canvas
      label={`${title}. ${description ?? ''} The button "show as table" gives its numbers.`}
      height={height}
      option={option}
      chart={chart}
      {...(props.onSelect && { onSelect: props.onSelect })}
    />
  );
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
      ) : rows ? (
        <Scroller label={title} rows={rows} hidden={hidden} height={height} onFirst={setScrolledTo}>
          {canvas}
        </Scroller>
      ) : (
        canvas
      )}
    </section>
  );
}

const fileName = (title: string) =>
  title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
