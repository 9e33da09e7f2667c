import { quoteIdentifier } from '../sql/identifier.js';
import type { ComparedTables } from './compare-tables.js';
import { differ } from './differing-values.js';
import { rounded } from './rows-digest.js';

/** A query for one row: how many rows stand only left, and only right. */
export function countWholeRows(tables: ComparedTables): string {
  const sum = (sign: string) =>
    `coalesce(sum(case when ${sign}_surplus > 0 then ${sign}_surplus else 0 end), 0)`;
  return `select ${sum('')} as only_left, ${sum('-')} as only_right, 0 as differing from ${wholeRows(tables)}`;
}

/** A query for some of these rows: `side` (`left`, `right`), then the row. */
export function sampleWholeRows(tables: ComparedTables, limit: number): string {
  const list = Object.keys(tables.columns)
    .map((name) => quoteIdentifier(name, tables.dialect))
    .join(', ');
  return `select case when _surplus > 0 then 'left' else 'right' end as side, ${list}
from ${wholeRows(tables)} where _surplus <> 0 order by ${list} limit ${limit}`;
}

/** Every different row with the number of times that it stands left more often than right. */
function wholeRows(tables: ComparedTables): string {
  const hasDoubles = Object.values(tables.columns).some(({ type }) => type === 'double');
  return `(${hasDoubles ? surplusOfDoubles(tables) : surplusOfExact(tables)}) as surplus_rows`;
}

function surplusOfExact(tables: ComparedTables): string {
  const list = quotedColumns(tables).join(', ');
  return `select ${list}, sum(_side) as _surplus from ${bothSides(tables)} group by ${list}`;
}

/**
 * Rows with doubles cancel each other out if they are the same once these are rounded. Values that are close may still be
 * rounded apart. So what remains is put in order, and two neighbours of either side cancel each other out if they are
 * within the tolerance; where three in a row are, none does, for it could not be told which two belong together.
 */
function surplusOfDoubles(tables: ComparedTables): string {
  const { columns, dialect } = tables;
  const q = (name: string) => quoteIdentifier(name, dialect);
  const doubles = Object.keys(columns).filter((name) => columns[name]?.type === 'double');
  const exact = Object.keys(columns).filter((name) => !doubles.includes(name));
  const groups = [
    ...exact.map((name) => `both_sides.${q(name)}`),
    ...doubles.map((name, index) => `${rounded(`both_sides.${q(name)}`)} as _rounded_${index}`),
  ];
  const some = doubles.map((name) => `min(both_sides.${q(name)}) as ${q(name)}`);
  const partition = exact.length > 0 ? `partition by ${exact.map(q).join(', ')} ` : '';
  const over = `over (${partition}order by ${doubles.map((_, index) => `_rounded_${index}`).join(', ')})`;
  const next = doubles.map((name, index) => `lead(${q(name)}) ${over} as _next_${index}`);
  const far = doubles.map((name, index) => differ(q(name), `_next_${index}`, 'double'));
  return `with counted as (
  select ${[...groups, ...some].join(', ')}, sum(_side) as _surplus
  from ${bothSides(tables)}
  group by ${groups.map((_, index) => index + 1).join(', ')} having sum(_side) <> 0
), neighbours as (
  select *, lead(_surplus) ${over} as _next_surplus, ${next.join(', ')} from counted
), close_ones as (
  select *, coalesce(sign(_surplus) <> sign(_next_surplus) and not (${far.join(' or ')}), false) as _is_close from neighbours
), pairs as (
  select *, _is_close and not lag(_is_close, 1, false) ${over} and not lead(_is_close, 1, false) ${over} as _is_pair from close_ones
), matched as (
  select *, case when _is_pair then _next_surplus when lag(_is_pair, 1, false) ${over} then lag(_surplus) ${over} else 0 end as _matched from pairs
)
select ${quotedColumns(tables).join(', ')}, sign(_surplus) * greatest(abs(_surplus) - abs(_matched), 0) as _surplus from matched`;
}

function bothSides(tables: ComparedTables): string {
  const list = quotedColumns(tables).join(', ');
  return `(
select ${list}, 1 as _side from ${tables.left} as left_rows
union all
select ${list}, -1 as _side from ${tables.right} as right_rows
) as both_sides`;
}

function quotedColumns({ columns, dialect }: ComparedTables): readonly string[] {
  return Object.keys(columns).map((name) => quoteIdentifier(name, dialect));
}
