import { sql } from '../sql/fragment.js';
import type { Renderable } from '../sql/renderable.js';
import { macro } from './macro.js';

/**
 * Two integers in one: `high << 32 | low`. It cannot collide, needs no hash, and is the same number on every engine.
 * The query fails if `high` is not in 0 … 2³¹−1 or `low` not in 0 … 2³²−1.
 */
export const packedKey = macro('packedKey', {
  duckdb: (high: Renderable, low: Renderable) =>
    sql`case when ${inBounds(high, low)} then (cast(${high} as bigint) << 32) | cast(${low} as bigint) else error(${complaint(high, low)}) end`,
  // Snowflake has no function that fails with a message of one's own; a cast that cannot succeed shows it
  snowflake: (high: Renderable, low: Renderable) =>
    sql`case when ${inBounds(high, low)} then (${high}) * 4294967296 + (${low}) else to_number(${complaint(high, low)}) end`,
});

/** The first integer of a `packedKey` or `combinedKey`. */
export const packedHigh = macro('packedHigh', {
  duckdb: (key: Renderable) => sql`(${key} >> 32)`,
  snowflake: (key: Renderable) => sql`bitshiftright(${key}, 32)`,
});

/** The second integer of a `packedKey`. */
export const packedLow = macro('packedLow', {
  duckdb: (key: Renderable) => sql`(${key} & 4294967295)`,
  snowflake: (key: Renderable) => sql`bitand(${key}, 4294967295)`,
});

function inBounds(high: Renderable, low: Renderable): Renderable {
  return sql`${high} between 0 and 2147483647 and ${low} between 0 and 4294967295`;
}

function complaint(high: Renderable, low: Renderable): Renderable {
  return sql`'key part out of bounds: ' || coalesce(cast(${high} as varchar), 'null') || ', ' || coalesce(cast(${low} as varchar), 'null')`;
}
