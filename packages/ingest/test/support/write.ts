import { gzipSync } from 'node:zlib';
import type { Files } from './lab.js';

export interface RatingRow {
  readonly userId: number;
  readonly movieId: number;
  readonly rating: number;
  /** Epoch seconds. */
  readonly timestamp: number;
}

export interface TagRow {
  readonly userId: number;
  readonly movieId: number;
  readonly tag: string;
  readonly timestamp: number;
}

export interface MovieRow {
  readonly movieId: number;
  readonly title: string;
  readonly genres: string;
}

export interface LinkRow {
  readonly movieId: number;
  /** A number, without zeros in front. */
  readonly imdbId: string;
  readonly tmdbId: number | null;
}

export interface ScoreRow {
  readonly movieId: number;
  readonly tagId: number;
  readonly relevance: number;
}

export interface Tables {
  readonly ratings: readonly RatingRow[];
  readonly tags: readonly TagRow[];
  readonly movies: readonly MovieRow[];
  readonly links: readonly LinkRow[];
  readonly scores: readonly ScoreRow[];
}

type Cell = string | number | null;

/** The GroupLens way: quotes where they are needed and doubled inside, CRLF, epoch seconds, seven digits. */
export function asGroupLens(tables: Tables): Files {
  const text = (value: string) => (/[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);
  const file = (header: string, rows: readonly (readonly Cell[])[]) =>
    [header, ...rows.map((row) => row.join(','))].map((line) => `${line}\r\n`).join('');
  return {
    'ratings.csv': file(
      'userId,movieId,rating,timestamp',
      tables.ratings.map((row) => [row.userId, row.movieId, row.rating, row.timestamp]),
    ),
    'tags.csv': file(
      'userId,movieId,tag,timestamp',
      tables.tags.map((row) => [row.userId, row.movieId, text(row.tag), row.timestamp]),
    ),
    'movies.csv': file(
      'movieId,title,genres',
      tables.movies.map((row) => [row.movieId, text(row.title), text(row.genres)]),
    ),
    'links.csv': file(
      'movieId,imdbId,tmdbId',
      tables.links.map((row) => [row.movieId, row.imdbId.padStart(7, '0'), row.tmdbId]),
    ),
    'genome-scores.csv': file(
      'movieId,tagId,relevance',
      tables.scores.map((row) => [row.movieId, row.tagId, row.relevance]),
    ),
  };
}

/** The Kaggle way: header and text in quotes, one quote written as backslash-quote twice, LF, times as text. */
export function asKaggle(tables: Tables): Files {
  const text = (value: string) => `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"\\"')}"`;
  const time = (seconds: number) =>
    text(new Date(seconds * 1000).toISOString().replace('T', ' ').slice(0, 19));
  const file = (header: string, rows: readonly (readonly Cell[])[]) =>
    [header.split(',').map(text).join(), ...rows.map((row) => row.join(','))]
      .map((line) => `${line}\n`)
      .join('');
  return {
    'rating.csv': file(
      'userId,movieId,rating,timestamp',
      tables.ratings.map((row) => [row.userId, row.movieId, row.rating, time(row.timestamp)]),
    ),
    'tag.csv': file(
      'userId,movieId,tag,timestamp',
      tables.tags.map((row) => [row.userId, row.movieId, text(row.tag), time(row.timestamp)]),
    ),
    'movie.csv': file(
      'movieId,title,genres',
      tables.movies.map((row) => [row.movieId, text(row.title), text(row.genres)]),
    ),
    'link.csv': file(
      'movieId,imdbId,tmdbId',
      tables.links.map((row) => [row.movieId, row.imdbId, row.tmdbId]),
    ),
    'genome_scores.csv': file(
      'movieId,tagId,relevance',
      tables.scores.map((row) => [row.movieId, row.tagId, row.relevance]),
    ),
  };
}

export function gzipped(files: Files): Files {
  return Object.fromEntries(
    Object.entries(files).map(([name, content]) => [`${name}.gz`, gzipSync(content)]),
  );
}
