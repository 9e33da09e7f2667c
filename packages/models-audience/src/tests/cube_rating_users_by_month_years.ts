import { FIRST_DAY_GAP, given, unitTest } from '@matinee/core';
import { intUserDailyRatings } from '../intermediate/int_user_daily_ratings.js';
import { intUserProfiles } from '../intermediate/int_user_profiles.js';
import { cubeRatingUsersByMonth } from '../marts/cubes/cube_rating_users_by_month.js';

const level = { engagement_level: 'Low-Engagement' };

export const cubeRatingUsersByMonthYears = unitTest({
  name: 'cube_rating_users_by_month_years',
  description:
    'The last day is one of the same month, in whatever year: days of other months between do not count.',
  model: cubeRatingUsersByMonth,
  given: [
    given(intUserDailyRatings, [
      { user_id: 1, rating_date: '2012-01-31' },
      { user_id: 1, rating_date: '2012-02-01' },
      { user_id: 1, rating_date: '2013-01-01' },
    ]),
    given(intUserProfiles, [{ user_id: 1, ...level }]),
  ],
  expected: [
    { rated_month: 1, ...level, days_since_previous: FIRST_DAY_GAP, rating_day: '2012-01-31', users: 1 },
    { rated_month: 2, ...level, days_since_previous: FIRST_DAY_GAP, rating_day: '2012-02-01', users: 1 },
    { rated_month: 1, ...level, days_since_previous: 336, rating_day: '2013-01-01', users: 1 },
  ],
});
