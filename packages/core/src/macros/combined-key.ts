import { sql } from '../sql/fragment.js';
import type { Renderable } from '../sql/renderable.js';
import { macro } from './macro.js';

/**
 * A `packedKey` and a `textKey` in one number, by exclusive or. Two rows collide only if the exclusive or of their texts'
 * keys equals that of their packed integers; as these use few of the 63 bits, hardly any two texts can do that, and the
 * unique test of the key shows that none did.
 */
export const combinedKey = macro('combinedKey', {
  duckdb: (packed: Renderable, text: Renderable) => sql`xor(${packed}, ${text})`,
  snowflake: (packed: Renderable, text: Renderable) => sql`bitxor(${packed}, ${text})`,
});
