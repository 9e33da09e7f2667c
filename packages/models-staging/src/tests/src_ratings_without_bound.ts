import { given, unitTest } from '@matinee/core';
import { rawRatings } from '../sources/raw_ratings.js';
import { srcRatings } from '../staging/src_ratings.js';

export const srcRatingsWithoutBound = unitTest({
  name: 'src_ratings_without_bound',
  description: 'While ratings_since is null, every rating is in.',
  model: srcRatings,
  given: [given(rawRatings, [{ userId: 1, movieId: 10, rating: 0.5, timestamp: '1970-01-01 00:00:00' }])],
  variables: { ratings_since: null },
  expected: [{ user_id: 1, movie_id: 10, rating: 0.5, rating_timestamp: '1970-01-01 00:00:00' }],
});
