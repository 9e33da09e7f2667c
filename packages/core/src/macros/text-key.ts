import { sql } from '../sql/fragment.js';
import type { Renderable } from '../sql/renderable.js';
import { macro } from './macro.js';

/** A 63-bit number of a text: the last eight bytes of its MD5, big-endian, without the sign bit. The same on every engine. */
export const textKey = macro('textKey', {
  duckdb: (text: Renderable) =>
    sql`cast(cast('0x' || substr(md5(${text}), 17) as ubigint) & 9223372036854775807 as bigint)`,
  snowflake: (text: Renderable) => sql`mod(md5_number_lower64(${text}), 9223372036854775808)`,
});
