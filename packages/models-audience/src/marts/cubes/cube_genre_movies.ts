import { double, integer, model, sql, table, topNQualify } from '@matinee/core';
import { srcMovies } from '@matinee/models-staging';
import { counted } from '../../columns/cube_columns.js';
import { intMovieGenres } from '../../intermediate/int_movie_genres.js';
import { fctUserBehaviourGenresConcat } from '../fct_user_behaviour_genres_concat.js';

const { measures } = fctUserBehaviourGenresConcat;

export const cubeGenreMovies = model({
  name: 'cube_genre_movies',
  description:
    'The 100 movies of each genre that have most ratings (of equal ones the lower id), year by year.',
  materialized: table(),
  columns: {
    genre_name: intMovieGenres.columns.genre_name,
    movie_id: integer().references(() => srcMovies, 'movie_id'),
    title: srcMovies.columns.title,
    rated_year: integer().describe('UTC year of the ratings.'),
    ratings: counted.describe(measures.ratings.description),
    rating_sum: double().describe(measures.rating_sum.description),
  },
  key: ['genre_name', 'movie_id', 'rated_year'],
  query: sql`
    with years as (
      select movie_id, rated_year, ${measures.ratings} as ratings, ${measures.rating_sum} as rating_sum
      from ${fctUserBehaviourGenresConcat}
      group by movie_id, rated_year
    ),
    totals as (
      select movie_id, sum(ratings) as ratings
      from years
      group by movie_id
    ),
    most_rated as (
      select genres.genre_name, genres.movie_id
      from totals
      join ${intMovieGenres} as genres on genres.movie_id = totals.movie_id
      ${topNQualify({
        partitionBy: sql`genres.genre_name`,
        orderBy: sql`totals.ratings desc nulls last, genres.movie_id`,
        n: 100,
      })}
    )
    select
      most_rated.genre_name,
      most_rated.movie_id,
      movies.title,
      years.rated_year,
      years.ratings,
      years.rating_sum
    from most_rated
    join years on years.movie_id = most_rated.movie_id
    join ${srcMovies} as movies on movies.movie_id = most_rated.movie_id`,
});
