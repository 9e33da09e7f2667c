import { sql } from '../sql/fragment.js';
import type { Renderable } from '../sql/renderable.js';
import { macro } from './macro.js';

/** The lower 32 bits. */
const LOW = 4294967295;

/**
 * A `packedKey` and a `textKey` in one number: the low half of the packed key by exclusive or with that of the text's, the high
 * half as it is (`packedHigh` gives it back). Two rows of the same high half collide only if the exclusive or of their low
 * halves equals that of their texts' keys; small integers differ in few bits, so hardly any two texts can do that, and the
 * unique test of the key shows that none did.
 */
export const combinedKey = macro('combinedKey', {
  duckdb: (packed: Renderable, text: Renderable) => sql`xor(${packed}, ${text} & ${LOW})`,
  snowflake: (packed: Renderable, text: Renderable) => sql`bitxor(${packed}, bitand(${text}, ${LOW}))`,
});
