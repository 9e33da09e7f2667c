import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { folderOf, openLab } from './support/lab.js';
import { allSources } from './support/sources.js';
import { asKaggle, gzipped, type Tables } from './support/write.js';

const root = resolve(import.meta.dirname, '../../..');
const folder = process.env.MATINEE_REAL_DATA ?? resolve(root, '../shared/data/movielens-small');
const isThere = existsSync(join(folder, 'ratings.csv'));
if (!isThere) {
  console.warn(
    `\n*** SKIPPED: real MovieLens files are not in ${folder}. Set MATINEE_REAL_DATA to their folder. ***\n`,
  );
}

const files = {
  ratings: 'ratings.csv',
  tags: 'tags.csv',
  movies: 'movies.csv',
  links: 'links.csv',
  scores: 'genome-scores.csv',
} satisfies Record<keyof Tables, string>;

describe.skipIf(!isThere)('the real files', () => {
  it('load whole, and equal from the Kaggle shape', async () => {
    const lab = await openLab();
    const sources = allSources.filter(({ name }) => existsSync(join(folder, files[name as keyof Tables])));
    const loaded = await lab.load(folder, sources);
    for (const { source, rows, rejectedRows, repeatedRows } of loaded) {
      const lines = readFileSync(join(folder, files[source as keyof Tables]), 'utf8')
        .trimEnd()
        .split('\n');
      expect([source, rows, rejectedRows, repeatedRows]).toEqual([source, lines.length - 1, 0, 0]);
    }
    expect(await lab.rejects()).toEqual([]);

    for (const { name } of sources)
      await lab.session.execute(`alter table ${name} rename to ${name}_grouplens`);
    const converted = await lab.load(folderOf(gzipped(asKaggle(readTables()))), sources);
    expect(converted.map(({ rows }) => rows)).toEqual(loaded.map(({ rows }) => rows));
    for (const { name, columns } of sources) {
      const data = Object.keys(columns).map((column) => `"${column}"`);
      const compare = (one: string, other: string) =>
        `select count(*) as n from (select ${data} from ${one} except all select ${data} from ${other})`;
      expect(await lab.one(compare(name, `${name}_grouplens`))).toEqual({ n: 0 });
      expect(await lab.one(compare(`${name}_grouplens`, name))).toEqual({ n: 0 });
    }
  });
});

function readTables(): Tables {
  const read = (file: string) =>
    existsSync(join(folder, file))
      ? (parse(readFileSync(join(folder, file)), { columns: true }) as Record<string, string>[])
      : [];
  const number = (value: string | undefined) => Number(value);
  return {
    ratings: read(files.ratings).map(({ userId, movieId, rating, timestamp }) => ({
      userId: number(userId),
      movieId: number(movieId),
      rating: number(rating),
      timestamp: number(timestamp),
    })),
    tags: read(files.tags).map(({ userId, movieId, tag = '', timestamp }) => ({
      userId: number(userId),
      movieId: number(movieId),
      tag,
      timestamp: number(timestamp),
    })),
    movies: read(files.movies).map(({ movieId, title = '', genres = '' }) => ({
      movieId: number(movieId),
      title,
      genres,
    })),
    links: read(files.links).map(({ movieId, imdbId = '', tmdbId }) => ({
      movieId: number(movieId),
      imdbId: String(Number(imdbId)),
      tmdbId: tmdbId ? number(tmdbId) : null,
    })),
    scores: read(files.scores).map(({ movieId, tagId, relevance }) => ({
      movieId: number(movieId),
      tagId: number(tagId),
      relevance: number(relevance),
    })),
  };
}
