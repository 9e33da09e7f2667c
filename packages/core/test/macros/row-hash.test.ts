import { describe, expect, it } from 'vitest';
import { rowHash, sql } from '../../src/index.js';
import { expectSql, run } from './support.js';

const call = rowHash(sql`movie_id`, sql`genre`);

describe('rowHash', () => {
  it('is the hash of each engine', () => {
    expectSql(call, { duckdb: 'hash(movie_id, genre)', snowflake: 'hash(movie_id, genre)' });
  });

  it('has a sum that does not depend on the order of rows, and tells sets of the same size apart', async () => {
    const sumOf = (rows: string) =>
      run(sql`select cast(sum(${call}) as varchar) from t`, [
        `create table t as select * from (values ${rows}) as rows(movie_id, genre)`,
      ]);
    const sum = await sumOf("(1, 'a'), (2, 'b')");
    expect(await sumOf("(2, 'b'), (1, 'a')")).toEqual(sum);
    expect(await sumOf("(1, 'b'), (2, 'a')")).not.toEqual(sum);
    expect(await sumOf("(1, 'a'), (2, null)")).not.toEqual(sum);
  });
});
