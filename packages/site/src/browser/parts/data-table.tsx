import type { JSX } from 'preact';
import { useId, useMemo, useState } from 'preact/hooks';
import { formatDay } from '../format/dates.js';
import { formatNumber, type NumberFormat } from '../format/numbers.js';
import { toCsv } from './csv.js';
import { Icon } from './icon.js';
import { sortRows } from './sort-rows.js';

/** `text` stands left, all others right; `day` is days since 1970. */
export type CellFormat = NumberFormat | 'text' | 'day';

export interface TableColumnHead {
  readonly label: string;
  readonly format: CellFormat;
}

export type Cell = string | number | null;

export interface TableData {
  readonly columns: readonly TableColumnHead[];
  readonly rows: readonly (readonly Cell[])[];
  /** Where a row leads; its first cell is the link. */
  readonly link?: (row: readonly Cell[]) => string;
  /** Draws a cell otherwise than its format says; undefined leaves it as it is. */
  readonly render?: (row: readonly Cell[], column: number) => JSX.Element | undefined;
}

interface DataTableProps {
  /** What the table is about, for those who do not see it. */
  readonly label: string;
  readonly data: TableData;
  /** Rows to a page. Default 20. */
  readonly pageSize?: number;
  /** Shows a field that looks in all texts. */
  readonly search?: boolean;
  /** The column that rows are sorted by at first, as they come by default. */
  readonly sortBy?: { readonly column: number; readonly descending: boolean };
}

/** A table that is sorted by its heads, searched, and turned over page by page. */
export function DataTable({ label, data, pageSize = 20, search = false, sortBy }: DataTableProps) {
  const [sort, setSort] = useState(sortBy);
  const [words, setWords] = useState('');
  const [page, setPage] = useState(0);
  const field = useId();
  const found = useMemo(() => searchRows(data, words), [data, words]);
  const sorted = useMemo(() => (sort ? sortRows(found, sort.column, sort.descending) : found), [found, sort]);
  const pages = Math.max(1, Math.ceil(sorted.length / pageSize));
  const current = Math.min(page, pages - 1);
  const shown = sorted.slice(current * pageSize, (current + 1) * pageSize);
  const turnSort = (column: number) => {
    setSort(nextSort(sort, column, data.columns[column]?.format === 'text'));
    setPage(0);
  };
  return (
    <div class="data-table">
      {search && (
        <div class="search-field">
          <Icon name="search" />
          <label class="visually-hidden" for={field}>
            Search in {label}
          </label>
          <input
            id={field}
            type="search"
            placeholder="Search…"
            value={words}
            onInput={({ currentTarget }) => {
              setWords(currentTarget.value);
              setPage(0);
            }}
          />
        </div>
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
      <section class="table-scroll" aria-label={`Rows of ${label}`} tabIndex={0}>
        <table>
          <thead>
            <tr>
              {data.columns.map(({ label: head, format }, index) => (
                <th
                  key={head}
                  scope="col"
                  class={format === 'text' ? '' : 'number'}
                  aria-sort={sort?.column === index ? (sort.descending ? 'descending' : 'ascending') : 'none'}
                >
                  <button type="button" onClick={() => turnSort(index)}>
                    {head}
                    <span aria-hidden="true" class="sort-mark">
                      {sort?.column === index ? (sort.descending ? '↓' : '↑') : ''}
                    </span>
                  </button>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((row, index) => (
              <tr key={current * pageSize + index}>
                {data.columns.map(({ format, label: head }, column) => (
                  <td key={head} class={format === 'text' ? '' : 'number'}>
                    {data.render?.(row, column) ?? content(row, column, format, data.link)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
        {shown.length === 0 && <p class="empty">Nothing here{words === '' ? '' : ` for “${words}”`}.</p>}
      </section>
      {pages > 1 && (
        <nav class="pager" aria-label={`Pages of ${label}`}>
          <span aria-live="polite">
            {formatNumber(current * pageSize + 1)}–
            {formatNumber(Math.min((current + 1) * pageSize, sorted.length))} of {formatNumber(sorted.length)}
          </span>
          <button type="button" class="button" disabled={current === 0} onClick={() => setPage(current - 1)}>
            Previous
          </button>
          <button
            type="button"
            class="button"
            disabled={current === pages - 1}
            onClick={() => setPage(current + 1)}
          >
            Next
          </button>
        </nav>
      )}
    </div>
  );
}

/** The table as CSV: numbers as they are, days as ISO dates. */
export function tableText({ columns, rows }: TableData): string {
  const plain = rows.map((row) =>
    row.map((cell, index) =>
      columns[index]?.format === 'day' && typeof cell === 'number'
        ? new Date(cell * 86_400_000).toISOString().slice(0, 10)
        : cell,
    ),
  );
  return toCsv(
    columns.map(({ label }) => label),
    plain,
  );
}

function content(row: readonly Cell[], column: number, format: CellFormat, link: TableData['link']) {
  const text = cellText(row[column] ?? null, format);
  return column === 0 && link ? <a href={link(row)}>{text}</a> : text;
}

function cellText(cell: Cell, format: CellFormat): string {
  if (typeof cell === 'string') return cell;
  if (format === 'text') return cell === null ? '' : String(cell);
  if (format === 'day') return cell === null ? '' : formatDay(cell);
  return formatNumber(cell, format);
}

function searchRows({ rows }: TableData, words: string): TableData['rows'] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  if (wanted.length === 0) return rows;
  return rows.filter((row) => {
    const text = row
      .filter((cell) => typeof cell === 'string')
      .join('\n')
      .toLowerCase();
    return wanted.every((word) => text.includes(word));
  });
}

/** Numbers begin with the largest, texts with the first of the alphabet; the third click gives the order they came in. */
function nextSort(sort: DataTableProps['sortBy'], column: number, isText: boolean): DataTableProps['sortBy'] {
  if (sort?.column !== column) return { column, descending: !isText };
  return sort.descending === isText ? undefined : { column, descending: isText };
}
