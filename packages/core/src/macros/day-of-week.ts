import { sql } from '../sql/fragment.js';
import type { Renderable } from '../sql/renderable.js';
import { macro } from './macro.js';

/** The day of the week of a date or timestamp as an int: 1 = Sunday … 7 = Saturday, whatever the session's settings. */
export const dayOfWeek = macro('dayOfWeek', {
  duckdb: (time: Renderable) => sql`(isodow(${time}) % 7 + 1)`,
  snowflake: (time: Renderable) => sql`(mod(dayofweekiso(${time}), 7) + 1)`,
});
