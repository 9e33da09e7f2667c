import { joinSql, sql } from '../sql/fragment.js';
import { lit } from '../sql/literal.js';
import type { Renderable } from '../sql/renderable.js';
import { macro } from './macro.js';

/**
 * A surrogate key of any columns: the MD5 of their canonical text, as uuid. Null is told apart from any text. Ints,
 * texts and dates give the same key on every engine; engines write doubles and timestamps differently. Costs about
 * 0.3 µs a row; where the parts are integers `packedKey` is several times cheaper.
 */
export const surrogateKey = macro('surrogateKey', {
  duckdb: (...parts: [Renderable, ...Renderable[]]) => sql`cast(md5(${canonicalText(parts)}) as uuid)`,
  snowflake: (...parts: [Renderable, ...Renderable[]]) =>
    sql`regexp_replace(md5(${canonicalText(parts)}), '(.{8})(.{4})(.{4})(.{4})(.{12})', ${lit('\\1-\\2-\\3-\\4-\\5')})`,
});

/** Each part as its length, a colon and its text, so that no two lists of parts give the same text. */
function canonicalText(parts: readonly Renderable[]): Renderable {
  const texts = parts.map((part) => {
    const text = sql`cast(${part} as varchar)`;
    return sql`coalesce(length(${text}) || ':' || ${text}, '-')`;
  });
  return joinSql(texts, ' || ');
}
