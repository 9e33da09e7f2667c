import { quoteIdentifier, type Session } from '@matinee/core';
import type { RawTable } from './raw-table.js';

/** Two whole numbers below this fit into one. */
const PACKABLE = 2 ** 31;

/**
 * Whether any key stands in more than one row. On DuckDB two whole numbers are packed into one where they fit: half the
 * time.
 */
export async function hasRepeatedKeys(session: Session, table: RawTable): Promise<boolean> {
  const columns = table.source.key.map((name) => quoteIdentifier(name, table.dialect));
  const types = table.source.key.map((name) => table.source.columns[name]?.type);
  const packs = table.dialect === 'duckdb' && columns.length === 2 && types.every((type) => type === 'int');
  const key = packs && (await fitsPacked(session, table, columns)) ? packed(columns) : columns.join(', ');
  const found = await session.query(
    `select 1 as found from ${table.name} group by ${key} having count(*) > 1 limit 1`,
  );
  return found.length > 0;
}

function packed([high, low]: readonly string[]): string {
  return `(${high} << 32) | ${low}`;
}

async function fitsPacked(
  session: Session,
  { name }: RawTable,
  columns: readonly string[],
): Promise<boolean> {
  const bounds = columns.map((column) => `${column} between 0 and ${PACKABLE - 1}`).join(' and ');
  const [row] = await session.query(`select coalesce(bool_and(${bounds}), false) as fits from ${name}`);
  return row?.fits === true;
}
