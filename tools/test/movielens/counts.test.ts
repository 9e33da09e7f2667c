import { join } from 'node:path';
import { expect, test } from 'vitest';
import { generateMovieLens, type SetCounts } from '../../src/movielens/index.js';
import { readTable, TABLE_NAMES } from './read-set.js';
import { tempFolder } from './temp-folder.js';

const folder = tempFolder();
let made = 0;

/** Rows per table of a set of these counts. */
async function rowsOf(ratings: number, counts: Partial<SetCounts>): Promise<Record<string, number>> {
  const out = join(folder, String(++made));
  await generateMovieLens({ out, ratings, counts });
  return Object.fromEntries(TABLE_NAMES.map((table) => [table, readTable(out, table).length]));
}

test('a set may be as small as one user and the fewest movies', async () => {
  expect(await rowsOf(20, { users: 1, movies: 67, tags: 60, genomeMovies: 67, genomeTags: 3 })).toEqual({
    ratings: 20,
    tags: 60,
    movies: 67,
    links: 67,
    'genome-scores': 201,
    'genome-tags': 3,
  });
});

test('tags and genome may be empty', async () => {
  expect(await rowsOf(1_000, { tags: 0, genomeMovies: 0, genomeTags: 0 })).toMatchObject({
    tags: 0,
    'genome-scores': 0,
    'genome-tags': 0,
  });
});

test('users may all rate as few or as many movies as anyone can', async () => {
  expect(await rowsOf(2_000, { users: 100, movies: 100 })).toMatchObject({ ratings: 2_000 });
  expect(await rowsOf(3_000, { users: 100, movies: 100 })).toMatchObject({ ratings: 3_000, movies: 100 });
});

test('everyone may tag everything as often as is allowed', async () => {
  expect(await rowsOf(400, { tags: 1_200 })).toMatchObject({ tags: 1_200 });
});
