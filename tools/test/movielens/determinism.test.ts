import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type GenerateOptions, generateMovieLens } from '../../src/movielens/index.js';
import { readTable, TABLE_NAMES } from './read-set.js';
import { tempFolder } from './temp-folder.js';

const folder = tempFolder();
let made = 0;

async function make(options: Partial<GenerateOptions> = {}): Promise<string> {
  const out = join(folder, `set-${++made}`);
  await generateMovieLens({ ratings: 2_000, ...options, out });
  return out;
}

function digest(path: string): string {
  const hash = createHash('sha256');
  for (const name of readdirSync(path).sort()) hash.update(name).update(readFileSync(join(path, name)));
  return hash.digest('hex').slice(0, 16);
}

describe('the same options give the same bytes', () => {
  test.each([{}, { shape: 'kaggle' }, { gzip: true }, { seed: 2 ** 40 }] as const)('%j', async (options) => {
    expect(digest(await make(options))).toBe(digest(await make(options)));
  });

  test('in every version of Node, until GENERATOR_VERSION is raised', async () => {
    expect(digest(await make())).toBe('2b8abfa408ef20f6');
    expect(digest(await make({ shape: 'kaggle' }))).toBe('db87b31bb519522e');
  });
});

test('another seed gives other data', async () => {
  const [one, two] = [await make({ seed: 1 }), await make({ seed: 2 })];
  for (const name of ['ratings.csv', 'movies.csv', 'links.csv', 'tags.csv', 'genome-scores.csv']) {
    expect(readFileSync(join(one, name)).equals(readFileSync(join(two, name)))).toBe(false);
  }
});

test('seeds that share their lower 32 bits differ', async () => {
  const [one, two] = [await make({ seed: 5 }), await make({ seed: 5 + 2 ** 32 })];
  expect(readFileSync(join(one, 'ratings.csv')).equals(readFileSync(join(two, 'ratings.csv')))).toBe(false);
});

test('both shapes denote the same data', async () => {
  const [grouplens, kaggle] = [
    await make({ ratings: 10_000 }),
    await make({ ratings: 10_000, shape: 'kaggle' }),
  ];
  for (const table of TABLE_NAMES) {
    const [expected, actual] = [readTable(grouplens, table), readTable(kaggle, table, 'kaggle')];
    expect(JSON.stringify(actual) === JSON.stringify(expected), table).toBe(true);
    expect(expected.length, table).toBeGreaterThan(100);
  }
});

test('a compressed set holds the same data', async () => {
  const [plain, gzip] = [await make(), await make({ gzip: true })];
  for (const table of TABLE_NAMES) {
    expect(readTable(gzip, table, 'grouplens', true)).toEqual(readTable(plain, table));
  }
});

test('a change of one count leaves the other files as they are', async () => {
  const [one, two] = [await make(), await make({ counts: { tags: 10 } })];
  for (const name of ['ratings.csv', 'movies.csv', 'links.csv', 'genome-scores.csv', 'genome-tags.csv']) {
    expect(readFileSync(join(two, name)).equals(readFileSync(join(one, name))), name).toBe(true);
  }
  expect(readTable(two, 'tags')).toHaveLength(10);
});

test('counts are exact for any number of ratings, however small', async () => {
  for (const ratings of [20, 39, 137, 1_001]) {
    const { spec, files } = await generateMovieLens({ out: join(folder, `count-${ratings}`), ratings });
    const { counts } = spec;
    const rows = files.map((file) => readTable(join(folder, `count-${ratings}`), file.table).length);
    expect(rows).toEqual(files.map((file) => file.rows));
    expect(Object.fromEntries(files.map((file) => [file.table, file.rows]))).toEqual({
      ratings,
      tags: counts.tags,
      movies: counts.movies,
      links: counts.movies,
      'genome-scores': counts.genomeMovies * counts.genomeTags,
      'genome-tags': counts.genomeTags,
    });
    const parsed = readTable(join(folder, `count-${ratings}`), 'ratings');
    expect(new Set(parsed.map(([user, movie]) => `${user}/${movie}`)).size).toBe(ratings);
    expect(new Set(parsed.map(([user]) => user)).size).toBe(counts.users);
  }
});
