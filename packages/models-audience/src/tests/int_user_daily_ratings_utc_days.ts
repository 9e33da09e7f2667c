import { given, unitTest } from '@matinee/core';
import { srcRatings } from '@matinee/models-staging';
import { intUserDailyRatings } from '../intermediate/int_user_daily_ratings.js';

export const intUserDailyRatingsUtcDays = unitTest({
  name: 'int_user_daily_ratings_utc_days',
  description: 'A day ends with its last second in UTC.',
  model: intUserDailyRatings,
  given: [
    given(srcRatings, [
      { user_id: 1, movie_id: 1, rating: 4, rating_timestamp: '2012-02-29 00:00:00' },
      { user_id: 1, movie_id: 2, rating: 3, rating_timestamp: '2012-02-29 23:59:59' },
      { user_id: 1, movie_id: 3, rating: 5, rating_timestamp: '2012-03-01 00:00:00' },
      { user_id: 2, movie_id: 1, rating: 0.5, rating_timestamp: '2012-02-29 12:00:00' },
    ]),
  ],
  expected: [
    { user_id: 1, rating_date: '2012-02-29', daily_ratings_count: 2, daily_avg_rating: 3.5 },
    { user_id: 1, rating_date: '2012-03-01', daily_ratings_count: 1, daily_avg_rating: 5 },
    { user_id: 2, rating_date: '2012-02-29', daily_ratings_count: 1, daily_avg_rating: 0.5 },
  ],
});
