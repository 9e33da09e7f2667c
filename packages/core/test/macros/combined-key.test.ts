import { describe, expect, it } from 'vitest';
import { combinedKey, lit, packedHigh, packedKey, sql, textKey } from '../../src/index.js';
import { expectSql, run } from './support.js';

describe('combinedKey', () => {
  it('is an exclusive or of the lower 32 bits', () => {
    expectSql(combinedKey(sql`rating_key`, sql`genre_key`), {
      duckdb: 'xor(rating_key, genre_key & 4294967295)',
      snowflake: 'bitxor(rating_key, bitand(genre_key, 4294967295))',
    });
  });

  it('stays a number that is not negative', async () => {
    const largest = combinedKey(lit(2n ** 63n - 1n), lit(0n));
    expect(await run(sql`select ${largest}, typeof(${largest})`)).toEqual([
      [String(2n ** 63n - 1n), 'BIGINT'],
    ]);
  });

  it('gives its parts back', async () => {
    const once = combinedKey(packedKey(lit(7), lit(9)), textKey(lit('Drama')));
    expect(await run(sql`select ${combinedKey(once, textKey(lit('Drama')))}`)).toEqual([[7 * 2 ** 32 + 9]]);
  });

  it('keeps the high part in the clear', async () => {
    const key = combinedKey(packedKey(lit(138_493), lit(131_262)), textKey(lit('Drama')));
    expect(await run(sql`select ${packedHigh(key)}`)).toEqual([[138_493]]);
  });

  it('is unique over many ratings and all genres of MovieLens', async () => {
    const genres = `['(no genres listed)', 'Action', 'Adventure', 'Animation', 'Children', 'Comedy', 'Crime', 'Documentary', 'Drama', 'Fantasy', 'Film-Noir', 'Horror', 'IMAX', 'Musical', 'Mystery', 'Romance', 'Sci-Fi', 'Thriller', 'War', 'Western']`;
    const setup = [
      'create table ratings as select u.u * 1385 as u, m.m * 1313 as m from range(100) u(u), range(100) m(m)',
      `create table genres as select unnest(${genres}) as genre`,
    ];
    const key = combinedKey(packedKey(sql`u`, sql`m`), textKey(sql`genre`));
    const query = sql`select count(*), count(distinct ${key}) from ratings, genres`;
    expect(await run(query, setup)).toEqual([[200_000, 200_000]]);
  });
});
