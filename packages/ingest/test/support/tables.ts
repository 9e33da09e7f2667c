import fc from 'fast-check';
import type { Tables } from './write.js';

const id = fc.oneof(fc.integer({ min: 1, max: 300 }), fc.integer({ min: -5, max: 2 ** 31 }));
const seconds = fc.integer({ min: -62_135_596_800, max: 253_402_300_799 });
const nasty = [
  'a',
  'B',
  ' ',
  ',',
  '"',
  '""',
  '\n',
  '\r\n',
  '\r',
  '\\',
  "'",
  ';',
  '\t',
  'é',
  '日',
  '🎬',
  'NA',
  '0',
  '|',
  '',
];
const text = fc.array(fc.constantFrom(...nasty), { maxLength: 8 }).map((pieces) => pieces.join(''));
const double = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0);

const uniqueBy = <T>(row: fc.Arbitrary<T>, key: (row: T) => string) =>
  fc.uniqueArray(row, { selector: key, maxLength: 12 });

/** A few rows of each source, with keys that are unique and texts that are hard to quote. */
export const randomTables: fc.Arbitrary<Tables> = fc.record({
  ratings: uniqueBy(
    fc.record({ userId: id, movieId: id, rating: double, timestamp: seconds }),
    (row) => `${row.userId} ${row.movieId}`,
  ),
  tags: fc.array(fc.record({ userId: id, movieId: id, tag: text, timestamp: seconds }), { maxLength: 12 }),
  movies: uniqueBy(fc.record({ movieId: id, title: text, genres: text }), (row) => String(row.movieId)),
  links: uniqueBy(
    fc.record({
      movieId: id,
      imdbId: fc.integer({ min: 1, max: 99_999_999 }).map(String),
      tmdbId: fc.option(id),
    }),
    (row) => String(row.movieId),
  ),
  scores: uniqueBy(
    fc.record({ movieId: id, tagId: id, relevance: double }),
    (row) => `${row.movieId} ${row.tagId}`,
  ),
});
