import type { Columns } from '../nodes/column.js';
import type { Dialect } from '../sql/dialect.js';
import { quoteIdentifier } from '../sql/identifier.js';
import { isTouched, isUntouched, type Touched } from './touched.js';

/** The part of a table that is computed anew. */
export interface Slice {
  /** Quoted: the table as it stands published, and the table with the rows that come in the place of the touched ones. */
  readonly published: string;
  readonly rows: string;
  /** Quoted: a table of the touched rows as they stand published, their keys at least. */
  readonly replaced: string;
  readonly touched: readonly Touched[];
  /** Whether the new rows have touched values too: those of a model have, those of new files need not. */
  readonly newRowsAreTouched: boolean;
  readonly columns: Columns;
  readonly dialect: Dialect;
}

/** The rows that stand published and are touched, as a bracketed query. */
export function touchedRows(slice: Slice, columns = '*'): string {
  return `(select ${columns} from ${slice.published} as stored where ${condition(slice, 'stored')})`;
}

/** The rows that stand published and stay, as a bracketed query. */
export function untouchedRows({ published, touched, dialect }: Slice): string {
  const isKept = isUntouched({ alias: 'stored', touched, dialect, columnOf: (column) => column });
  return `(select * from ${published} as stored where ${isKept})`;
}

/**
 * Of values by which rows are looked for those that rows which stay may have, as a bracketed query; of the others all rows
 * are touched.
 *
 * @param values a relation, by whose columns the table's are called
 */
export function valuesThatStay(
  { touched, dialect }: Slice,
  values: string,
  columns: Readonly<Record<string, string>>,
): string {
  const whole = touched.filter((one) => one.columns.every((column) => column in columns));
  if (whole.length === 0) return values;
  const stay = isUntouched({
    alias: 'wanted',
    touched: whole,
    dialect,
    columnOf: (column) => columns[column],
  });
  return `(select * from ${values} as wanted where ${stay})`;
}

/** Statements that make the table as it will be readable under a name, without touching it. */
export function createOverlay(name: string, slice: Slice): readonly string[] {
  const columns = Object.keys(slice.columns)
    .map((column) => quoteIdentifier(column, slice.dialect))
    .join(', ');
  return [
    `create or replace view ${name} as
select ${columns} from ${untouchedRows(slice)} as untouched
union all
select ${columns} from ${slice.rows}`,
  ];
}

/** Statements that put the slice's rows in the place of the touched ones. Run inside a transaction. */
export function publishSlice(slice: Slice): readonly string[] {
  const columns = Object.keys(slice.columns)
    .map((column) => quoteIdentifier(column, slice.dialect))
    .join(', ');
  return [
    `delete from ${slice.published} where ${condition(slice, slice.published)}`,
    `insert into ${slice.published} (${columns}) select ${columns} from ${slice.rows}`,
  ];
}

function condition({ touched, dialect }: Slice, alias: string): string {
  return isTouched({ alias, touched, dialect, columnOf: (column) => column }) ?? 'true';
}
