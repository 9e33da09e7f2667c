import { given, unitTest } from '@matinee/core';
import { srcRatings } from '@matinee/models-staging';
import { intUserProfiles } from '../intermediate/int_user_profiles.js';

/** Of 101 users the percent rank of the one behind k others is exactly k / 100. */
const groups = [
  { users: 33, totalRatings: 1, level: 'Low-Engagement' }, // 0.00
  { users: 33, totalRatings: 2, level: 'Medium-Engagement' }, // 0.33
  { users: 29, totalRatings: 3, level: 'High-Engagement' }, // 0.66
  { users: 6, totalRatings: 4, level: 'Super-High-Engagement' }, // 0.95
] as const;

const users = groups
  .flatMap((group) => Array.from({ length: group.users }, () => group))
  .map((group, index) => ({ ...group, user_id: index + 1 }));

export const intUserProfilesLevels = unitTest({
  name: 'int_user_profiles_levels',
  description:
    'A percent rank of exactly 0.33, 0.66 or 0.95 reaches the level; equal totals share the lowest rank.',
  model: intUserProfiles,
  given: [
    given(
      srcRatings,
      users.flatMap(({ user_id, totalRatings }) =>
        Array.from({ length: totalRatings }, (_, index) => ({
          user_id,
          movie_id: index + 1,
          rating: 3.5,
          rating_timestamp: '2015-06-01 12:00:00',
        })),
      ),
    ),
  ],
  expected: users.map(({ user_id, totalRatings, level }) => ({
    user_id,
    total_ratings: totalRatings,
    overall_avg_rating: 3.5,
    engagement_level: level,
  })),
});
