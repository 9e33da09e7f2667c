import { given, unitTest } from '@matinee/core';
import { srcRatings } from '@matinee/models-staging';
import { intUserProfiles } from '../intermediate/int_user_profiles.js';

const rating_timestamp = '2015-06-01 12:00:00';

export const intUserProfilesTies = unitTest({
  name: 'int_user_profiles_ties',
  description: 'Three users rank 0, 0 and 1 when the lower two are tied: a tie lifts nobody.',
  model: intUserProfiles,
  given: [
    given(srcRatings, [
      { user_id: 1, movie_id: 1, rating: 1, rating_timestamp },
      { user_id: 2, movie_id: 1, rating: 2, rating_timestamp },
      { user_id: 3, movie_id: 1, rating: 4, rating_timestamp },
      { user_id: 3, movie_id: 2, rating: 4.5, rating_timestamp },
    ]),
  ],
  expected: [
    { user_id: 1, total_ratings: 1, overall_avg_rating: 1, engagement_level: 'Low-Engagement' },
    { user_id: 2, total_ratings: 1, overall_avg_rating: 2, engagement_level: 'Low-Engagement' },
    { user_id: 3, total_ratings: 2, overall_avg_rating: 4.25, engagement_level: 'Super-High-Engagement' },
  ],
});
