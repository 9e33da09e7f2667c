import type { Columns } from '../nodes/column.js';
import type { Dialect } from '../sql/dialect.js';
import { quoteIdentifier } from '../sql/identifier.js';

/** Adds and takes away so much that a double keeps its first 40 bits: 12 significant digits. */
const ROUNDING = 8193;
/** Beyond it that would overflow. */
const LARGEST = '1e300';

/**
 * A query for one row with one text, `digest`: equal for relations that hold the same rows, however they are ordered.
 * Doubles count as equal within 12 significant digits, since sums that run in parallel differ in the last bits, but
 * `exact` columns count to the last digit.
 */
export function rowsDigest(
  relation: string,
  columns: Columns,
  dialect: Dialect,
  exact: readonly string[] = [],
): string {
  const values = Object.entries(columns).map(([name, { type }]) => {
    const column = quoteIdentifier(name, dialect);
    return type === 'double' && !exact.includes(name) ? rounded(column) : column;
  });
  const rows =
    dialect === 'duckdb' ? `sum(hash(hash(${values.join(', ')})))` : `hash_agg(${values.join(', ')})`;
  return `select concat(count(*), ' ', ${rows}) as digest from ${relation} as compared`;
}

/** A double by its first 40 bits. */
export function rounded(column: string): string {
  const scaled = `${column} * ${ROUNDING}`;
  return `case when abs(${column}) < ${LARGEST} then ${scaled} - (${scaled} - ${column}) else ${column} end`;
}
