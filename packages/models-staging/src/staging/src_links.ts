import { integer, model, sql, text, view } from '@matinee/core';
import { rawLinks } from '../sources/raw_links.js';
import { srcMovies } from './src_movies.js';

export const srcLinks = model({
  name: 'src_links',
  description: 'One row per movie: its ids at IMDb and TMDB.',
  materialized: view(),
  columns: {
    movie_id: integer().references(() => srcMovies, 'movie_id'),
    imdb_id: text().describe('IMDb number of at least seven digits, without the "tt".'),
    tmdb_id: integer().nullable().describe('TMDB number; null where TMDB does not know the movie.'),
  },
  key: ['movie_id'],
  query: sql`
    select
      movieId as movie_id,
      imdbId as imdb_id,
      tmdbId as tmdb_id
    from ${rawLinks}`,
});
