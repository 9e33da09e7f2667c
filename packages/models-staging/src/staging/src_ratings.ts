import { double, incremental, integer, mapped, model, range, sql, timestamp } from '@matinee/core';
import { userId } from '../columns/ids.js';
import { rawRatings } from '../sources/raw_ratings.js';
import { ratingsSince } from '../variables/ratings_since.js';
import { srcMovies } from './src_movies.js';

export const srcRatings = model({
  name: 'src_ratings',
  description: 'One row per user and movie: the rating, if it was given at or after `ratings_since`.',
  materialized: incremental({ inputs: [mapped(rawRatings, { userId: 'user_id', movieId: 'movie_id' })] }),
  columns: {
    user_id: userId,
    movie_id: integer().references(() => srcMovies, 'movie_id'),
    rating: double()
      .describe('Stars, 0.5 to 5.')
      .test(range({ min: 0.5, max: 5 })),
    rating_timestamp: timestamp().describe('When the rating was given, UTC.'),
  },
  key: ['user_id', 'movie_id'],
  query: sql`
    select
      userId as user_id,
      movieId as movie_id,
      rating,
      timestamp as rating_timestamp
    from ${rawRatings}
    ${ratingsSince.when((since) => sql`where timestamp >= ${since}`)}`,
});
