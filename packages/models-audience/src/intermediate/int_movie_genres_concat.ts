import { integer, listText, model, sql, table, text } from '@matinee/core';
import { srcMovies } from '@matinee/models-staging';
import { intMovieGenres } from './int_movie_genres.js';

export const intMovieGenresConcat = model({
  name: 'int_movie_genres_concat',
  description: 'One row per movie: its genres in one text.',
  materialized: table(),
  columns: {
    movie_id: integer().references(() => srcMovies, 'movie_id'),
    genres_string: text().describe('The genres of the movie in byte order, joined by ", ".'),
  },
  key: ['movie_id'],
  query: sql`
    select
      movie_id,
      ${listText({ value: sql`genre_name`, separator: ', ', orderBy: sql`genre_name` })} as genres_string
    from ${intMovieGenres}
    group by movie_id`,
});
