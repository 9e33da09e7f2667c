/** A delivery in MovieLens' tables: the rows, and how they lie in files. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { between, pick } from '../seeded/random.mjs';

export const USERS = 30;
export const MOVIES = 40;
const GENRES = ['Action', 'Comedy', 'Drama', 'Film-Noir', 'IMAX', 'Sci-Fi', 'War'];
const WORDS = ['Heat', 'Alien', 'Ran', 'Ödipus', '"M"', 'Yes, but', 'So\tso', 'Zero  Zero'];
const FIRST = Date.UTC(2009, 6) / 1000;
const LAST = Date.UTC(2015, 0) / 1000;

const FILES = {
  ratings: ['ratings.csv', 'rating.csv'],
  movies: ['movies.csv', 'movie.csv'],
  links: ['links.csv', 'link.csv'],
  tags: ['tags.csv', 'tag.csv'],
};
const HEADERS = {
  ratings: ['userId', 'movieId', 'rating', 'timestamp'],
  movies: ['movieId', 'title', 'genres'],
  links: ['movieId', 'imdbId', 'tmdbId'],
  tags: ['userId', 'movieId', 'tag', 'timestamp'],
};
export const TABLES = Object.keys(FILES);

/**
 * Rows by key, tags as a list; `packed`: how each table is written, in one file or in so many parts; `missing`: a table that does
 * not come this time.
 */
export function firstDelivery(random, ratings) {
  const delivery = { ratings: new Map(), movies: new Map(), links: new Map(), tags: [], missing: undefined };
  delivery.packed = Object.fromEntries(
    TABLES.map((table) => [table, { shape: 'grouplens', gzip: false, repeats: 0, parts: 0 }]),
  );
  for (let id = 1; id <= MOVIES; id++) putMovie(delivery, movieOf(random, id));
  for (let count = 0; count < ratings; count++) putRating(delivery, ratingOf(random));
  for (let count = 0; count < 10; count++) delivery.tags.push(tagOf(random));
  return delivery;
}

export function ratingOf(random, { from = FIRST, to = LAST } = {}) {
  // Some users rate much, most little: the levels of engagement need a few of each.
  const user = Math.ceil(USERS * random() ** 2) || 1;
  return {
    user,
    movie: between(random, 1, MOVIES),
    stars: between(random, 1, 10) / 2,
    at: between(random, from, to),
  };
}

export function movieOf(random, id) {
  const genres = GENRES.filter(() => random() < 0.3);
  return { id, title: `${pick(random, WORDS)} (${between(random, 1930, 2014)})`, genres };
}

export function tagOf(random) {
  const { user, movie, at } = ratingOf(random);
  return { user, movie, tag: pick(random, WORDS), at };
}

export function putRating(delivery, rating) {
  delivery.ratings.set(`${rating.user}-${rating.movie}`, rating);
}

export function putMovie(delivery, movie) {
  delivery.movies.set(movie.id, movie);
  delivery.links.set(movie.id, {
    movie: movie.id,
    imdb: 100_000 + movie.id,
    tmdb: movie.id % 7 ? movie.id : '',
  });
}

/** Writes the files, and takes away those of another shape or packing. */
export function writeDelivery(folder, delivery) {
  for (const table of TABLES) writeTable(folder, delivery, table);
}

export function writeTable(folder, delivery, table) {
  for (const name of FILES[table]) {
    for (const suffix of ['', '.gz']) rmSync(join(folder, name + suffix), { force: true });
    rmSync(join(folder, folderOf(name)), { recursive: true, force: true });
  }
  if (delivery.missing === table) return;
  const { shape, gzip, repeats, parts } = delivery.packed[table];
  const isKaggle = shape === 'kaggle';
  const lines = linesOf(delivery, table, isKaggle);
  const header = HEADERS[table].map((name) => (isKaggle ? `"${name}"` : name)).join(',');
  const write = (name, some) => {
    const text = [header, ...some, ''].join(isKaggle ? '\n' : '\r\n');
    writeFileSync(join(folder, name + (gzip ? '.gz' : '')), gzip ? gzipSync(text) : text);
  };
  const name = FILES[table][isKaggle ? 1 : 0];
  if (parts === 0) return write(name, [...lines, ...lines.slice(0, repeats)]);
  mkdirSync(join(folder, folderOf(name)));
  for (let part = 0; part < parts; part++) {
    // Rows of one user or movie stay together, so that a change leaves some parts as they were. Repeats may come in another.
    const own = lines.filter((line) => Number.parseInt(line, 10) % parts === part);
    write(`${folderOf(name)}/part-${part}.csv`, part === 0 ? [...own, ...lines.slice(0, repeats)] : own);
  }
}

const folderOf = (name) => name.replace('.csv', '');

function linesOf({ ratings, movies, links, tags }, table, isKaggle) {
  const text = (value) => textOf(value, isKaggle);
  const time = (seconds) =>
    isKaggle ? `"${new Date(seconds * 1000).toISOString().slice(0, 19).replace('T', ' ')}"` : seconds;
  switch (table) {
    case 'ratings':
      return [...ratings.values()].map(({ user, movie, stars, at }) => [user, movie, stars, time(at)].join());
    case 'movies':
      return [...movies.values()].map(({ id, title, genres }) =>
        [id, text(title), text(genres.join('|') || '(no genres listed)')].join(),
      );
    case 'links':
      return [...links.values()].map(({ movie, imdb, tmdb }) =>
        [movie, isKaggle ? imdb : String(imdb).padStart(7, '0'), tmdb].join(),
      );
    default:
      return tags.map(({ user, movie, tag, at }) => [user, movie, text(tag), time(at)].join());
  }
}

function textOf(value, isKaggle) {
  if (isKaggle) return `"${value.replaceAll('"', '\\"\\"')}"`;
  return /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}
