import type { Columns } from '../nodes/column.js';
import type { Dialect } from '../sql/dialect.js';
import { quoteIdentifier } from '../sql/identifier.js';

const PARTS = 1_000_000;

/** A statement that leaves about a share (0 … 1) of a table's rows: the same rows whenever they are the same. */
export function sampleRows(table: string, columns: Columns, share: number, dialect: Dialect): string {
  const values = Object.keys(columns).map((name) => quoteIdentifier(name, dialect));
  const part =
    dialect === 'duckdb'
      ? `hash(${values.join(', ')}) % ${PARTS}`
      : `abs(hash(${values.join(', ')}) % ${PARTS})`;
  return `delete from ${table} where ${part} >= ${Math.round(share * PARTS)}`;
}
