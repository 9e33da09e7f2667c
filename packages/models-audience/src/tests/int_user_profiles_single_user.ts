import { given, unitTest } from '@matinee/core';
import { srcRatings } from '@matinee/models-staging';
import { intUserProfiles } from '../intermediate/int_user_profiles.js';

export const intUserProfilesSingleUser = unitTest({
  name: 'int_user_profiles_single_user',
  description: 'The only user has a percent rank of 0.',
  model: intUserProfiles,
  given: [
    given(srcRatings, [{ user_id: 7, movie_id: 1, rating: 5, rating_timestamp: '2015-06-01 12:00:00' }]),
  ],
  expected: [{ user_id: 7, total_ratings: 1, overall_avg_rating: 5, engagement_level: 'Low-Engagement' }],
});
