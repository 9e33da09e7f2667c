import { sql } from '../sql/fragment.js';
import { lit } from '../sql/literal.js';
import type { Renderable } from '../sql/renderable.js';
import { macro } from './macro.js';

export interface ListText {
  readonly value: Renderable;
  readonly separator: string;
  /** The order of the pieces; name a tie-breaker, or the result is left to chance. */
  readonly orderBy: Renderable;
}

/** An aggregate that joins the texts of a group in a given order. */
export const listText = macro('listText', {
  duckdb: ({ value, separator, orderBy }: ListText) =>
    sql`string_agg(${value}, ${lit(separator)} order by ${orderBy})`,
  snowflake: ({ value, separator, orderBy }: ListText) =>
    sql`listagg(${value}, ${lit(separator)}) within group (order by ${orderBy})`,
});
