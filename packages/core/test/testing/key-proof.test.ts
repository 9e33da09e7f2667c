import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Session, Warehouse } from '../../src/adapters/adapter.js';
import { openDuckDb } from '../../src/adapters/duckdb/open.js';
import { provesKey } from '../../src/testing/key-proof.js';

const KEYS: Record<string, readonly string[]> = {
  's.ratings': ['userId', 'movieId'],
  's.movies': ['movie_id'],
  's.tags': ['tag_id'],
};

let warehouse: Warehouse;
let session: Session;

beforeAll(async () => {
  warehouse = await openDuckDb({ path: ':memory:' });
  session = await warehouse.openSession();
});
afterAll(async () => {
  await session.close();
  await warehouse.close();
});

const proves = (query: string, key: readonly string[]) =>
  provesKey(session, query, key, (schema, table) => KEYS[`${schema}.${table}`]);

describe('a key is proved', () => {
  test.each([
    [
      'a renaming',
      'select userId as user_id, movieId as movie_id, rating from s.ratings',
      ['user_id', 'movie_id'],
    ],
    [
      'a filter',
      "select userId as user_id, movieId as movie_id from s.ratings where given_at > '2010-01-01'",
      ['user_id', 'movie_id'],
    ],
    ['more columns than the key needs', 'select movie_id, title from s.movies', ['movie_id', 'title']],
    ['grouping by the key', 'select user_id, count(*) as n from s.facts group by user_id', ['user_id']],
    [
      'grouping by an expression',
      'select user_id, cast(given_at as date) as day, count(*) as n from s.facts group by user_id, cast(given_at as date)',
      ['user_id', 'day'],
    ],
    [
      'a join by the whole key of the other',
      'select r.userId, r.movieId, m.title from s.ratings as r join s.movies as m on m.movie_id = r.movieId',
      ['userId', 'movieId'],
    ],
    [
      'a left join, written the other way round',
      'select r.userId, r.movieId, m.title from s.ratings as r left join s.movies as m on r.movieId = m.movie_id and m.year = r.year',
      ['userId', 'movieId'],
    ],
  ])('%s', async (_, query, key) => {
    expect(await proves(query, key)).toBe(true);
  });
});

describe('a key is not proved', () => {
  test.each([
    ['a part of the key', 'select userId as user_id from s.ratings', ['user_id']],
    ['a table without known key', 'select id from s.facts', ['id']],
    ['a changed column', 'select cast(movie_id / 2 as bigint) as movie_id from s.movies', ['movie_id']],
    ['a swapped column', 'select title as movie_id from s.movies', ['movie_id']],
    [
      'a join by a part of the key',
      'select m.movie_id, r.rating from s.movies as m join s.ratings as r on r.movieId = m.movie_id',
      ['movie_id'],
    ],
    [
      'a join by an unequal comparison',
      'select m.movie_id, t.tag from s.movies as m join s.tags as t on t.tag_id >= m.movie_id',
      ['movie_id'],
    ],
    [
      'a join with an or',
      'select m.movie_id, t.tag from s.movies as m join s.tags as t on t.tag_id = m.movie_id or t.tag = m.title',
      ['movie_id'],
    ],
    [
      'a join of a column with itself',
      'select m.movie_id, t.tag from s.movies as m join s.tags as t on t.tag_id = t.tag_id',
      ['movie_id'],
    ],
    ['a cross join', 'select m.movie_id, t.tag_id from s.movies as m, s.tags as t', ['movie_id']],
    [
      'a right join',
      'select m.movie_id from s.movies as m right join s.tags as t on t.tag_id = m.movie_id',
      ['movie_id'],
    ],
    ['an unnest', 'select movie_id, unnest(genres) as genre from s.movies', ['movie_id']],
    [
      'grouping by more than the key',
      'select user_id, count(*) as n from s.facts group by user_id, day',
      ['user_id'],
    ],
    [
      'grouping sets',
      'select user_id, day, count(*) as n from s.facts group by rollup (user_id, day)',
      ['user_id', 'day'],
    ],
    ['a union', 'select movie_id from s.movies union all select movie_id from s.movies', ['movie_id']],
    ['a common table expression', 'with m as (select * from s.movies) select movie_id from m', ['movie_id']],
    [
      'a subquery',
      'select movie_id from (select * from s.movies union all select * from s.movies) as m',
      ['movie_id'],
    ],
    ['a star', 'select * from s.movies', ['movie_id']],
    ['a query that does not parse', 'select from where', ['movie_id']],
  ])('%s', async (_, query, key) => {
    expect(await proves(query, key)).toBe(false);
  });
});
