import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'csv-parse/sync';
import type { Tables } from './write.js';

const root = resolve(import.meta.dirname, '../../../..');

/** Where the files that GroupLens publishes are, if they are anywhere. */
export const realFolder = process.env.MATINEE_REAL_DATA ?? resolve(root, '../shared/data/movielens-small');
export const hasRealFiles = existsSync(join(realFolder, 'ratings.csv'));

export const realFiles = {
  ratings: 'ratings.csv',
  tags: 'tags.csv',
  movies: 'movies.csv',
  links: 'links.csv',
  scores: 'genome-scores.csv',
} satisfies Record<keyof Tables, string>;

/** All rows of the real files, or of others like them. */
export function readRealTables(folder = realFolder): Tables {
  const read = (file: string) =>
    existsSync(join(folder, file))
      ? (parse(readFileSync(join(folder, file)), { columns: true }) as Record<string, string>[])
      : [];
  const number = (value: string | undefined) => Number(value);
  return {
    ratings: read(realFiles.ratings).map(({ userId, movieId, rating, timestamp }) => ({
      userId: number(userId),
      movieId: number(movieId),
      rating: number(rating),
      timestamp: number(timestamp),
    })),
    tags: read(realFiles.tags).map(({ userId, movieId, tag = '', timestamp }) => ({
      userId: number(userId),
      movieId: number(movieId),
      tag,
      timestamp: number(timestamp),
    })),
    movies: read(realFiles.movies).map(({ movieId, title = '', genres = '' }) => ({
      movieId: number(movieId),
      title,
      genres,
    })),
    links: read(realFiles.links).map(({ movieId, imdbId = '', tmdbId }) => ({
      movieId: number(movieId),
      imdbId: String(Number(imdbId)),
      tmdbId: tmdbId ? number(tmdbId) : null,
    })),
    scores: read(realFiles.scores).map(({ movieId, tagId, relevance }) => ({
      movieId: number(movieId),
      tagId: number(tagId),
      relevance: number(relevance),
    })),
  };
}
