import { type Dialect, provenanceColumns, quoteIdentifier, type Session } from '@matinee/core';
import { enumOf, type Provenance } from './raw-table.js';

/**
 * Statements that make a standing table able to take the rows of other files and loads: none but where enums say them. Values that its types know stay in
 * them, in use or not: DuckDB casts rows that are deleted too.
 *
 * @param table its quoted name
 */
export async function widenTable(
  session: Session,
  table: string,
  { files, loadIds }: Provenance,
  dialect: Dialect,
): Promise<readonly string[]> {
  if (dialect !== 'duckdb') return [];
  const { file, load } = provenanceColumns;
  return [...(await widen(session, table, file, files)), ...(await widen(session, table, load, loadIds))];
}

async function widen(
  session: Session,
  table: string,
  name: string,
  wanted: readonly string[],
): Promise<readonly string[]> {
  const column = quoteIdentifier(name, 'duckdb');
  // Of no rows at all it is the null of the type, which tells as much.
  const rows = await session.query(`select unnest(enum_range(any_value(${column}))) as value from ${table}`);
  const known = rows.map(({ value }) => String(value));
  const missing = wanted.filter((value) => !known.includes(value));
  if (missing.length === 0) return [];
  return [`alter table ${table} alter column ${column} type ${enumOf([...known, ...missing])}`];
}
