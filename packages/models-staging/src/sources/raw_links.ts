import { integer, source, text } from '@matinee/core';
import { movieId } from '../columns/ids.js';

export const rawLinks = source({
  name: 'raw_links',
  description: 'Ids of the movies at IMDb and TMDB as delivered, one row per movie.',
  schema: 'raw',
  columns: {
    movieId,
    imdbId: text().describe('IMDb number of at least seven digits, without the "tt".'),
    tmdbId: integer().nullable().describe('TMDB number; null where TMDB does not know the movie.'),
  },
  key: ['movieId'],
  shapes: [
    {
      name: 'grouplens',
      file: 'links.csv',
      header: ['movieId', 'imdbId', 'tmdbId'],
      formats: { imdbId: { type: 'zeroPadded', width: 7 } },
    },
    {
      name: 'kaggle',
      file: 'link.csv',
      header: ['movieId', 'imdbId', 'tmdbId'],
      escape: '\\',
      formats: { imdbId: { type: 'zeroPadded', width: 7 } },
    },
  ],
});
