import { source, text } from '@matinee/core';
import { movieId } from '../columns/ids.js';

export const rawMovies = source({
  name: 'raw_movies',
  description: 'The movie catalogue as delivered, one row per movie.',
  schema: 'raw',
  columns: {
    movieId,
    title: text().describe('Title, usually with the year in brackets.'),
    genres: text().describe('Genre names separated by pipes, or "(no genres listed)".'),
  },
  key: ['movieId'],
  shapes: [
    { name: 'grouplens', file: 'movies.csv', header: ['movieId', 'title', 'genres'] },
    {
      name: 'kaggle',
      file: 'movie.csv',
      header: ['movieId', 'title', 'genres'],
      escape: '\\',
      formats: { title: { type: 'pairedQuotes' }, genres: { type: 'pairedQuotes' } },
    },
  ],
});
