import type { Dialect } from '../sql/dialect.js';
import { quoteIdentifier } from '../sql/identifier.js';

/** A table of values of some columns of a model: its rows with these values are to be computed anew. */
export interface Touched {
  /** Quoted. */
  readonly table: string;
  /** The model's columns, by the same names in the table. */
  readonly columns: readonly string[];
  /** Those columns with few values, none of them null: an engine skips what lies outside of them, if asked for these. */
  readonly selective?: readonly string[];
}

export interface TouchedRows {
  /** The alias by which the rows are read. */
  readonly alias: string;
  readonly touched: readonly Touched[];
  /** The name that a column of the model has in these rows; undefined if they have none such. */
  readonly columnOf: (column: string) => string | undefined;
  readonly dialect: Dialect;
}

/**
 * The condition that rows are touched, or may have part in a row of the model that is. Undefined if that cannot be told,
 * since they have none of the columns of one of the tables.
 */
export function isTouched(rows: TouchedRows): string | undefined {
  if (rows.touched.length === 0) return 'false';
  const conditions = rows.touched.map((one) => {
    const exists = matches(rows, one);
    // Of several tables any may match: then nothing follows from one alone.
    return exists && [exists, ...(rows.touched.length === 1 ? bounds(rows, one) : [])].join(' and ');
  });
  return conditions.includes(undefined) ? undefined : `(${conditions.join('\n  or ')})`;
}

/** The condition that none of that holds. */
export function isUntouched(rows: TouchedRows): string {
  if (rows.touched.length === 0) return 'true';
  const conditions = rows.touched.map((one) => matches(rows, one));
  return conditions.includes(undefined) ? 'false' : `not (${conditions.join('\n  or ')})`;
}

/** Conditions that follow from a match, and are quick to rule out much. */
function bounds({ alias, columnOf, dialect }: TouchedRows, touched: Touched): readonly string[] {
  const q = (name: string) => quoteIdentifier(name, dialect);
  return (touched.selective ?? []).flatMap((column) => {
    const own = columnOf(column);
    return own === undefined
      ? []
      : [`${alias}.${q(own)} in (select distinct ${q(column)} from ${touched.table})`];
  });
}

function matches({ alias, columnOf, dialect }: TouchedRows, touched: Touched): string | undefined {
  const q = (name: string) => quoteIdentifier(name, dialect);
  // Null too: without tests it may stand where it must not, and has to be found to go.
  const shared = touched.columns.flatMap((column) => {
    const own = columnOf(column);
    return own === undefined ? [] : [{ theirs: q(column), ours: `${alias}.${q(own)}` }];
  });
  if (shared.length === 0) return undefined;
  if (dialect === 'snowflake') {
    // It takes no subquery that looks at the row outside but by plain equality.
    const text = (values: readonly string[]) => values.map(canonical).join(' || ');
    const theirs = text(shared.map((pair) => pair.theirs));
    return `${text(shared.map((pair) => pair.ours))} in (select ${theirs} from ${touched.table})`;
  }
  const same = shared.map(({ theirs, ours }) => `touched.${theirs} is not distinct from ${ours}`);
  return `exists (select 1 from ${touched.table} as touched where ${same.join(' and ')})`;
}

/** A value as a text that is never null and, put in a row with others, tells where it ends. */
function canonical(value: string): string {
  const text = `cast(${value} as varchar)`;
  return `coalesce(length(${text}) || ':' || ${text}, '-')`;
}
