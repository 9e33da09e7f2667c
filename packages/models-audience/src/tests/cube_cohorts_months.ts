import { given, unitTest } from '@matinee/core';
import { intUserDailyRatings } from '../intermediate/int_user_daily_ratings.js';
import { cubeCohorts } from '../marts/cubes/cube_cohorts.js';

export const cubeCohortsMonths = unitTest({
  name: 'cube_cohorts_months',
  description:
    'Months are those of the calendar, and nobody of a cohort, or nobody at all, in a month is a row too.',
  model: cubeCohorts,
  given: [
    given(intUserDailyRatings, [
      { user_id: 1, rating_date: '2012-12-31' },
      { user_id: 1, rating_date: '2013-01-01' },
      { user_id: 1, rating_date: '2013-01-31' },
      { user_id: 2, rating_date: '2012-12-01' },
      { user_id: 2, rating_date: '2013-04-28' },
      { user_id: 3, rating_date: '2013-01-15' },
    ]),
  ],
  expected: [
    { cohort_month: '2012-12-01', months_since: 0, users: 2, cohort_size: 2 },
    { cohort_month: '2012-12-01', months_since: 1, users: 1, cohort_size: 2 },
    { cohort_month: '2012-12-01', months_since: 2, users: 0, cohort_size: 2 },
    { cohort_month: '2012-12-01', months_since: 3, users: 0, cohort_size: 2 },
    { cohort_month: '2012-12-01', months_since: 4, users: 1, cohort_size: 2 },
    { cohort_month: '2013-01-01', months_since: 0, users: 1, cohort_size: 1 },
    { cohort_month: '2013-01-01', months_since: 1, users: 0, cohort_size: 1 },
    { cohort_month: '2013-01-01', months_since: 2, users: 0, cohort_size: 1 },
    { cohort_month: '2013-01-01', months_since: 3, users: 0, cohort_size: 1 },
  ],
});
