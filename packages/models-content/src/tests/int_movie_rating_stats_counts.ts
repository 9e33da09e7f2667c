import { given, unitTest } from '@matinee/core';
import { srcRatings } from '@matinee/models-staging';
import { intMovieRatingStats } from '../intermediate/int_movie_rating_stats.js';

const rating_timestamp = '2015-06-01 12:00:00';

export const intMovieRatingStatsCounts = unitTest({
  name: 'int_movie_rating_stats_counts',
  description: 'Ratings, raters and the unrounded average of each rated movie.',
  model: intMovieRatingStats,
  given: [
    given(srcRatings, [
      { user_id: 1, movie_id: 10, rating: 4, rating_timestamp },
      { user_id: 2, movie_id: 10, rating: 4, rating_timestamp },
      { user_id: 3, movie_id: 10, rating: 5, rating_timestamp },
      { user_id: 1, movie_id: 20, rating: 0.5, rating_timestamp },
    ]),
  ],
  expected: [
    { movie_id: 10, rating_count: 3, unique_raters: 3, avg_rating: 13 / 3 },
    { movie_id: 20, rating_count: 1, unique_raters: 1, avg_rating: 0.5 },
  ],
});
