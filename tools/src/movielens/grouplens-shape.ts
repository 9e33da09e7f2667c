import type { CsvShape } from './csv-shape.js';

const NEEDS_QUOTES = /[",\r\n]/;

/** As GroupLens publishes it: quotes only where needed, doubled inside, CRLF, epoch seconds, seven-digit imdbId. */
export const GROUPLENS: CsvShape = {
  name: 'grouplens',
  fileNames: {
    ratings: 'ratings.csv',
    tags: 'tags.csv',
    movies: 'movies.csv',
    links: 'links.csv',
    'genome-scores': 'genome-scores.csv',
    'genome-tags': 'genome-tags.csv',
  },
  lineEnd: '\r\n',
  header: (column) => column,
  text: (value) => (NEEDS_QUOTES.test(value) ? `"${value.replaceAll('"', '""')}"` : value),
  imdb: (number) => String(number).padStart(7, '0'),
  time: (writer, seconds) => writer.int(seconds),
};
