import { FIRST_DAY_GAP, given, unitTest } from '@matinee/core';
import { intUserDailyRatings } from '../intermediate/int_user_daily_ratings.js';
import { intUserProfiles } from '../intermediate/int_user_profiles.js';
import { cubeRatingUsers } from '../marts/cubes/cube_rating_users.js';

const low = { engagement_level: 'Low-Engagement' };

export const cubeRatingUsersGaps = unitTest({
  name: 'cube_rating_users_gaps',
  description:
    'Users of one level and day fall apart by the days since their last, over the 29th of February too.',
  model: cubeRatingUsers,
  given: [
    given(intUserDailyRatings, [
      { user_id: 1, rating_date: '2012-02-28' },
      { user_id: 1, rating_date: '2012-03-01' },
      { user_id: 2, rating_date: '2012-03-01' },
      { user_id: 3, rating_date: '2012-03-01' },
      { user_id: 4, rating_date: '2012-03-01' },
    ]),
    given(intUserProfiles, [
      { user_id: 1, ...low },
      { user_id: 2, ...low },
      { user_id: 3, ...low },
      { user_id: 4, engagement_level: 'High-Engagement' },
    ]),
  ],
  expected: [
    { ...low, days_since_previous: FIRST_DAY_GAP, rating_day: '2012-02-28', users: 1 },
    { ...low, days_since_previous: 2, rating_day: '2012-03-01', users: 1 },
    { ...low, days_since_previous: FIRST_DAY_GAP, rating_day: '2012-03-01', users: 2 },
    {
      engagement_level: 'High-Engagement',
      days_since_previous: FIRST_DAY_GAP,
      rating_day: '2012-03-01',
      users: 1,
    },
  ],
});
