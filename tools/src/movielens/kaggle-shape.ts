import type { CsvShape } from './csv-shape.js';
import { UtcClock } from './utc-clock.js';

const clock = new UtcClock();

/**
 * As Kaggle publishes it: header, text and times in quotes, LF, times as `YYYY-MM-DD HH:MM:SS` UTC, imdbId without
 * zeros. A quote inside a field is backslash-quote twice, so this shape cannot carry a backslash in a text.
 */
export const KAGGLE: CsvShape = {
  name: 'kaggle',
  fileNames: {
    ratings: 'rating.csv',
    tags: 'tag.csv',
    movies: 'movie.csv',
    links: 'link.csv',
    'genome-scores': 'genome_scores.csv',
    'genome-tags': 'genome_tags.csv',
  },
  lineEnd: '\n',
  header: (column) => `"${column}"`,
  text: (value) => {
    if (value.includes('\\')) throw new RangeError(`the Kaggle shape cannot carry the backslash in ${value}`);
    return `"${value.replaceAll('"', '\\"\\"')}"`;
  },
  imdb: String,
  time: (writer, seconds) => clock.append(writer, seconds),
};
