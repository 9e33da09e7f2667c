import { describe, expect, it } from 'vitest';
import { splitToRows, sql } from '../../src/index.js';
import { expectSql, run } from './support.js';

const call = splitToRows({ from: sql`movies`, column: 'genres', separator: '|', as: 'genre' });

describe('splitToRows', () => {
  it('unnests or flattens', () => {
    expectSql(call, {
      duckdb: `(select *, unnest(string_split("genres", '|')) as "genre" from movies)`,
      snowflake: `(select source.*, cast(piece.value as varchar) as "GENRE" from movies as source, lateral flatten(input => split(source."GENRES", '|')) as piece)`,
    });
  });

  it('gives a row per piece, empty ones included, and none for null', async () => {
    const setup = [
      `create table movies as select * from (values (1, 'a|b'), (2, ''), (3, '|x|'), (4, null), (5, ' a ')) v(id, genres)`,
    ];
    expect(await run(sql`select id, genre from ${call} as pieces order by id, genre`, setup)).toEqual([
      [1, 'a'],
      [1, 'b'],
      [2, ''],
      [3, ''],
      [3, ''],
      [3, 'x'],
      [5, ' a '],
    ]);
  });

  it('takes the separator as text, not as a pattern', async () => {
    const pieces = splitToRows({ from: sql`t`, column: 'v', separator: '.*', as: 'piece' });
    const setup = [`create table t as select 'a.*b.c' as v`];
    expect(await run(sql`select piece from ${pieces} as pieces order by piece`, setup)).toEqual([
      ['a'],
      ['b.c'],
    ]);
  });
});
