import { model, sql, text, view } from '@matinee/core';
import { movieId } from '../columns/ids.js';
import { rawMovies } from '../sources/raw_movies.js';

export const srcMovies = model({
  name: 'src_movies',
  description: 'One row per movie of the catalogue.',
  materialized: view(),
  columns: {
    movie_id: movieId,
    title: text().describe('Title, usually with the year in brackets.'),
    genres: text().describe('Genre names separated by pipes, as delivered.'),
  },
  key: ['movie_id'],
  query: sql`
    select
      movieId as movie_id,
      title,
      genres
    from ${rawMovies}`,
});
