import { sql } from '../sql/fragment.js';
import { ident } from '../sql/identifier.js';
import { lit } from '../sql/literal.js';
import type { Renderable } from '../sql/renderable.js';
import { macro } from './macro.js';

export interface SplitToRows {
  /** The relation whose rows are split. */
  readonly from: Renderable;
  /** The text column that holds the pieces. */
  readonly column: string;
  readonly separator: string;
  /** The name of the column that holds one piece. */
  readonly as: string;
}

/** A relation with one row per piece of a separated text column, next to all columns of the row it came from. */
export const splitToRows = macro('splitToRows', {
  duckdb: ({ from, column, separator, as }: SplitToRows) =>
    sql`(select *, unnest(string_split(${ident(column)}, ${lit(separator)})) as ${ident(as)} from ${from})`,
  snowflake: ({ from, column, separator, as }: SplitToRows) =>
    sql`(select source.*, cast(piece.value as varchar) as ${ident(as)} from ${from} as source, lateral flatten(input => split(source.${ident(column)}, ${lit(separator)})) as piece)`,
});
