import { given, unitTest } from '@matinee/core';
import { rawRatings } from '../sources/raw_ratings.js';
import { srcRatings } from '../staging/src_ratings.js';

export const srcRatingsLowerBound = unitTest({
  name: 'src_ratings_lower_bound',
  description: 'A rating at the very second of ratings_since is in, one a second earlier is out.',
  model: srcRatings,
  given: [
    given(rawRatings, [
      { userId: 1, movieId: 10, rating: 4, timestamp: '2009-12-31 23:59:59' },
      { userId: 1, movieId: 20, rating: 3.5, timestamp: '2010-01-01 00:00:00' },
    ]),
  ],
  variables: { ratings_since: '2010-01-01' },
  expected: [{ user_id: 1, movie_id: 20, rating: 3.5, rating_timestamp: '2010-01-01 00:00:00' }],
});
