import { joinSql, sql } from '../sql/fragment.js';
import type { Renderable } from '../sql/renderable.js';
import { macro } from './macro.js';

/**
 * A 64-bit hash of values. Its sum tells sets of rows apart that have the same size, at the cost of one scan. Every engine and
 * version has its own, so compare it, and never store it.
 */
export const rowHash = macro('rowHash', {
  duckdb: (...values: [Renderable, ...Renderable[]]) => sql`hash(${joinSql(values, ', ')})`,
  snowflake: (...values: [Renderable, ...Renderable[]]) => sql`hash(${joinSql(values, ', ')})`,
});
