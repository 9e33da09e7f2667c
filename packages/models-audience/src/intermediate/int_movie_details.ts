import { ephemeral, integer, model, sql } from '@matinee/core';
import { srcMovies } from '@matinee/models-staging';
import { intMovieGenresConcat } from './int_movie_genres_concat.js';

export const intMovieDetails = model({
  name: 'int_movie_details',
  description: 'One row per movie: what a list of movies shows of it.',
  materialized: ephemeral(),
  columns: {
    movie_id: integer().references(() => srcMovies, 'movie_id'),
    title: srcMovies.columns.title,
    genres_string: intMovieGenresConcat.columns.genres_string,
  },
  key: ['movie_id'],
  query: sql`
    select movies.movie_id, movies.title, genres.genres_string
    from ${srcMovies} as movies
    join ${intMovieGenresConcat} as genres on genres.movie_id = movies.movie_id`,
});
