import type { ComponentChildren, JSX } from 'preact';
import { useId, useMemo, useRef, useState } from 'preact/hooks';
import { DataTable, type TableData, tableText } from '../parts/data-table.js';
import { Icon } from '../parts/icon.js';
import { saveText, saveUrl } from '../parts/save.js';
import { useTheme } from '../theme/use-theme.js';
import { chartTheme } from './chart-theme.js';

/** What all charts have, whatever draws them. */
export interface ChartCardProps {
  readonly title: string;
  /** One sentence under the title; it also describes the chart to those who do not see it. */
  readonly description?: string;
  /** In pixels. Default 300. */
  readonly height?: number;
  /** What the chart and the table are made of, as the inputs of a hook. */
  readonly inputs: readonly unknown[];
  /** The same numbers as a table: shown on request, saved as CSV. A link of its rows is what a click on the chart does. */
  readonly table: () => TableData;
  /** Beside the buttons, such as a switch between two measures. */
  readonly actions?: JSX.Element;
  /** Takes this many columns of the page's grid, 1 to 12. Default 6. */
  readonly span?: number;
}

/** Gives the address of a chart as a PNG with the numbers of now, whether it is in sight or not. */
export interface Drawing {
  current: ((background: string) => string | undefined) | undefined;
}

interface ChartCardParts extends ChartCardProps {
  /** Draws the chart, and says how it is saved. @param label for those who do not see it */
  readonly children: (label: string, drawing: Drawing) => ComponentChildren;
}

/** A card with a chart, or with its table instead; saved as PNG and CSV. */
export function ChartCard(props: ChartCardParts) {
  const { title, description, actions, span = 6, children } = props;
  const [theme] = useTheme();
  const [asTable, setAsTable] = useState(false);
  const drawing = useRef<Drawing['current']>();
  const heading = useId();
  const table = useMemo(() => (asTable ? props.table() : undefined), [...props.inputs, asTable]);
  const savePng = () => {
    const url = drawing.current?.(chartTheme(theme).surface);
    if (url) saveUrl(url, `${fileName(title)}.png`);
  };
  const saveCsv = () => saveText(tableText(props.table()), `${fileName(title)}.csv`, 'text/csv');
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
            onClick={saveCsv}
          >
            <Icon name="download" />
          </button>
        </div>
      </header>
      {table ? (
        <DataTable label={title} data={table} pageSize={12} />
      ) : (
        children(`${title}. ${description ?? ''} The button "show as table" gives its numbers.`, drawing)
      )}
    </section>
  );
}

const fileName = (title: string) =>
  title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
