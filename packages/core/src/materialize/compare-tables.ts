import type { Columns } from '../nodes/column.js';
import type { Dialect } from '../sql/dialect.js';
import { quoteIdentifier } from '../sql/identifier.js';
import { countWholeRows, sampleWholeRows } from './compare-whole-rows.js';
import { differ } from './differing-values.js';

/** Two relations with the same columns. */
export interface ComparedTables {
  /** Quoted names, or bracketed queries. */
  readonly left: string;
  readonly right: string;
  readonly columns: Columns;
  /** The columns that identify a row; none: rows are compared as a whole. */
  readonly key: readonly string[];
  readonly dialect: Dialect;
}

/** A query for one row: how many rows stand only left, only right, differ; and for each column `differs_N`, in how many. */
export function countDifferences(tables: ComparedTables): string {
  if (tables.key.length === 0) return countWholeRows(tables);
  const columns = otherColumns(tables);
  const { onlyLeft, onlyRight, both } = sides(tables);
  const counts = columns.map(
    (column, index) => `,\n  ${countWhere(`${both} and ${differs(tables, column)}`)} as differs_${index}`,
  );
  return `select
  ${countWhere(onlyLeft)} as only_left,
  ${countWhere(onlyRight)} as only_right,
  ${countWhere(`${both} and (${anyDiffers(tables)})`)} as differing${counts.join('')}
from ${joined(tables)}`;
}

/** A query for some rows that differ: the key, `side` (`left`, `right`, `both`), then each column's value on both sides. */
export function sampleDifferences(tables: ComparedTables, limit: number): string {
  if (tables.key.length === 0) return sampleWholeRows(tables, limit);
  const q = (name: string) => quoteIdentifier(name, tables.dialect);
  const columns = otherColumns(tables);
  const values = columns.flatMap((column) => [
    `left_rows.${q(column)} as ${q(`left_${column}`)}`,
    `right_rows.${q(column)} as ${q(`right_${column}`)}`,
  ]);
  const keys = tables.key.map(
    (column) => `coalesce(left_rows.${q(column)}, right_rows.${q(column)}) as ${q(column)}`,
  );
  const { onlyLeft, onlyRight } = sides(tables);
  const side = `case when ${onlyLeft} then 'left' when ${onlyRight} then 'right' else 'both' end as side`;
  return `select ${[...keys, side, ...values].join(', ')}
from ${joined(tables)}
where ${onlyLeft} or ${onlyRight} or ${anyDiffers(tables)}
order by ${tables.key.map((_, index) => index + 1).join(', ')}
limit ${limit}`;
}

/** The columns beside the key, in the order of `differs_N`. */
export function otherColumns({ columns, key }: ComparedTables): readonly string[] {
  return Object.keys(columns).filter((column) => !key.includes(column));
}

/** Key columns are never null, so a null says that a side has no such row. */
function joined({ left, right, key, dialect }: ComparedTables): string {
  const q = (name: string) => quoteIdentifier(name, dialect);
  const sameKey = key.map((column) => `left_rows.${q(column)} = right_rows.${q(column)}`).join(' and ');
  return `${left} as left_rows\nfull join ${right} as right_rows on ${sameKey}`;
}

function sides({ key, dialect }: ComparedTables) {
  const first = quoteIdentifier(key[0] ?? '', dialect);
  return {
    onlyLeft: `right_rows.${first} is null`,
    onlyRight: `left_rows.${first} is null`,
    both: `left_rows.${first} is not null and right_rows.${first} is not null`,
  };
}

function anyDiffers(tables: ComparedTables): string {
  const conditions = otherColumns(tables).map((column) => differs(tables, column));
  return conditions.join(' or ') || 'false';
}

function differs({ columns, dialect }: ComparedTables, column: string): string {
  const name = quoteIdentifier(column, dialect);
  return differ(`left_rows.${name}`, `right_rows.${name}`, columns[column]?.type);
}

function countWhere(condition: string): string {
  return `count(case when ${condition} then 1 end)`;
}
