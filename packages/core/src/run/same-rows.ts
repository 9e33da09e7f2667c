import type { Session } from '../adapters/adapter.js';
import { rowsDigest } from '../materialize/rows-digest.js';
import type { Columns } from '../nodes/column.js';
import type { Dialect } from '../sql/dialect.js';

export interface RowsComparison {
  readonly session: Session;
  readonly columns: Columns;
  readonly dialect: Dialect;
  /** The quoted names of both tables. */
  readonly candidate: string;
  readonly published: string;
}

/** Whether two tables have the same columns, with the same stored types, and the same rows. */
export async function haveSameRows(comparison: RowsComparison): Promise<boolean> {
  const { session, columns, dialect, candidate, published } = comparison;
  const names = Object.keys(columns);
  const types = async (table: string) => {
    const described = await session.describe(`select * from ${table}`);
    return described.filter(({ name }) => names.includes(name)).map(({ name, type }) => `${name} ${type}`);
  };
  if ((await types(candidate)).join() !== (await types(published)).join()) return false;
  const digest = async (table: string) =>
    (await session.query(rowsDigest(table, columns, dialect)))[0]?.digest;
  return (await digest(candidate)) === (await digest(published));
}
