import type { Session } from '../adapters/adapter.js';
import { rowsDigest } from '../materialize/rows-digest.js';
import type { Columns } from '../nodes/column.js';
import type { Dialect } from '../sql/dialect.js';

export interface RowsComparison {
  readonly session: Session;
  readonly columns: Columns;
  readonly dialect: Dialect;
  /** Columns of which the last digit of a double counts. */
  readonly exact: readonly string[];
  /** Quoted names, or bracketed queries. */
  readonly before: string;
  readonly after: string;
}

/** Whether two tables have the same columns, with the same stored types, and the same rows. */
export async function haveSameRows(comparison: RowsComparison): Promise<boolean> {
  const { session, columns, dialect, exact, before, after } = comparison;
  if (!(await haveSameColumns(comparison))) return false;
  const digest = async (table: string) =>
    (await session.query(rowsDigest(table, columns, dialect, exact)))[0]?.digest;
  return (await digest(before)) === (await digest(after));
}

/** Whether two tables have the same of these columns, with the same stored types. */
export async function haveSameColumns({
  session,
  columns,
  before,
  after,
}: Pick<RowsComparison, 'session' | 'columns' | 'before' | 'after'>): Promise<boolean> {
  const names = Object.keys(columns);
  const types = async (table: string) => {
    const described = await session.describe(`select * from ${table} as compared`);
    return described.filter(({ name }) => names.includes(name)).map(({ name, type }) => `${name} ${type}`);
  };
  return (await types(before)).join() === (await types(after)).join();
}
