import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { generateMovieLens, MARKER_NAME } from '../../src/movielens/index.js';
import { tempFolder } from './temp-folder.js';

const folder = tempFolder();
const RATINGS = 1_000;
let made = 0;

/** A path for a set in a parent folder of its own, so that a test sees all that is left beside it. */
function fresh(): { parent: string; out: string } {
  const parent = join(folder, String(++made));
  mkdirSync(parent);
  return { parent, out: join(parent, 'set') };
}

test('makes the folder, its parents and a marker, and leaves nothing beside it', async () => {
  const { parent, out } = fresh();
  const set = await generateMovieLens({ out: join(out, 'deep'), ratings: RATINGS });
  expect(set).toMatchObject({ out: join(out, 'deep'), upToDate: false });
  expect(readdirSync(parent)).toEqual(['set']);
  expect(readdirSync(out)).toEqual(['deep']);
  expect(readdirSync(join(out, 'deep')).sort()).toEqual([
    MARKER_NAME,
    'genome-scores.csv',
    'genome-tags.csv',
    'links.csv',
    'movies.csv',
    'ratings.csv',
    'tags.csv',
  ]);
  for (const { name, bytes } of set.files) expect(statSync(join(out, 'deep', name)).size).toBe(bytes);
});

test('does nothing when the folder already holds the same set', async () => {
  const { out } = fresh();
  const first = await generateMovieLens({ out, ratings: RATINGS });
  const before = statSync(join(out, 'ratings.csv')).mtimeMs;
  const second = await generateMovieLens({ out, ratings: RATINGS, seed: 1, shape: 'grouplens' });
  expect(second.upToDate).toBe(true);
  expect(second.files).toEqual(first.files);
  expect(statSync(join(out, 'ratings.csv')).mtimeMs).toBe(before);
});

test('makes the set anew when a file was cut short or is gone', async () => {
  const { out } = fresh();
  await generateMovieLens({ out, ratings: RATINGS });
  const whole = readFileSync(join(out, 'tags.csv'));
  writeFileSync(join(out, 'tags.csv'), whole.subarray(0, 100));
  expect((await generateMovieLens({ out, ratings: RATINGS })).upToDate).toBe(false);
  expect(readFileSync(join(out, 'tags.csv')).equals(whole)).toBe(true);
  rmSync(join(out, 'movies.csv'));
  expect((await generateMovieLens({ out, ratings: RATINGS })).upToDate).toBe(false);
});

test('replaces a set of other parameters, and fills an empty folder', async () => {
  const { parent, out } = fresh();
  mkdirSync(out);
  await generateMovieLens({ out, ratings: RATINGS });
  await generateMovieLens({ out, ratings: RATINGS, shape: 'kaggle', gzip: true });
  expect(readdirSync(out)).toContain('rating.csv.gz');
  expect(readdirSync(out)).not.toContain('ratings.csv');
  expect(readdirSync(parent)).toEqual(['set']);
});

test.each([
  ['a folder of other files', 'notes.txt', 'mine', 'was not made by this generator'],
  [
    'a folder with a marker of something else',
    MARKER_NAME,
    '{"generator":"x"}',
    'was not made by this generator',
  ],
  ['a folder whose marker is broken', MARKER_NAME, '{', 'no valid GENERATED.json'],
])('refuses to replace %s', async (_, name, content, message) => {
  const { parent, out } = fresh();
  mkdirSync(out);
  writeFileSync(join(out, name), content);
  const attempt = generateMovieLens({ out, ratings: RATINGS });
  await expect(attempt).rejects.toMatchObject({
    code: 'folder-not-ours',
    message: expect.stringContaining(message),
  });
  expect(readFileSync(join(out, name), 'utf8')).toBe(content);
  expect(readdirSync(parent)).toEqual(['set']);
});

test('refuses to replace a set to which something was added, and a plain file', async () => {
  const { out } = fresh();
  await generateMovieLens({ out, ratings: RATINGS });
  writeFileSync(join(out, 'results.txt'), 'mine');
  await expect(generateMovieLens({ out, ratings: 2_000 })).rejects.toThrow('also holds results.txt');
  await expect(generateMovieLens({ out: join(out, 'ratings.csv') })).rejects.toThrow('is no folder');
});

test('cancelling leaves nothing behind and keeps the set made before', async () => {
  const { parent, out } = fresh();
  await generateMovieLens({ out, ratings: RATINGS });
  const before = readFileSync(join(out, 'ratings.csv'));
  const cancel = new AbortController();
  let calls = 0;
  const attempt = generateMovieLens({
    out,
    ratings: 50_000,
    signal: cancel.signal,
    onProgress: () => {
      if (++calls === 40) cancel.abort();
    },
  });
  await expect(attempt).rejects.toMatchObject({ code: 'cancelled' });
  expect(readdirSync(parent)).toEqual(['set']);
  expect(readFileSync(join(out, 'ratings.csv')).equals(before)).toBe(true);
});

test('progress counts up to all rows', async () => {
  const { out } = fresh();
  const seen: number[] = [];
  let total = 0;
  const { files } = await generateMovieLens({
    out,
    ratings: RATINGS,
    onProgress: ({ rowsDone, rowsInAll }) => {
      seen.push(rowsDone);
      total = rowsInAll;
    },
  });
  expect(seen).toEqual([...seen].sort((a, b) => a - b));
  expect(seen.at(-1)).toBe(total);
  expect(files.reduce((sum, { rows }) => sum + rows, 0)).toBe(total);
});
