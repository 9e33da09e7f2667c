import { count, double, integer, model, sql, sum, table, weightedAverage } from '@matinee/core';
import { srcMovies, srcRatings } from '@matinee/models-staging';

export const intMovieRatingStats = model({
  name: 'int_movie_rating_stats',
  description: 'One row per rated movie: how many ratings, by how many users, how good.',
  materialized: table(),
  columns: {
    movie_id: integer().references(() => srcMovies, 'movie_id'),
    rating_count: integer().describe('How many ratings the movie has.'),
    unique_raters: integer().describe('How many users rated the movie.'),
    avg_rating: double().describe('The mean of the stars that the movie got.'),
  },
  key: ['movie_id'],
  measures: {
    rated_movies: count({ description: 'How many movies have ratings.' }),
    movie_ratings: sum('rating_count', { description: 'How many ratings these movies have.' }),
    movie_average_rating: weightedAverage(
      { value: 'avg_rating', weight: 'rating_count' },
      { description: 'The mean rating of these movies, each weighted by its ratings.' },
    ),
  },
  query: sql`
    -- a user rates a movie once, by the key of the ratings: its raters are as many as its ratings
    select
      movie_id,
      count(*) as rating_count,
      count(*) as unique_raters,
      avg(rating) as avg_rating
    from ${srcRatings}
    group by movie_id`,
});
