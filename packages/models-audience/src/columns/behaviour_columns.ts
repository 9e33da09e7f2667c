import { double, integer, range, timestamp } from '@matinee/core';
import { srcMovies } from '@matinee/models-staging';
import { intUserProfiles } from '../intermediate/int_user_profiles.js';
import { engagementLevel } from './engagement_level.js';

/** What both behaviour facts say of the rating itself. */
export const ratingColumns = {
  user_id: integer().references(() => intUserProfiles, 'user_id'),
  movie_id: integer().references(() => srcMovies, 'movie_id'),
  rating: double()
    .describe('Stars, 0.5 to 5.')
    .test(range({ min: 0.5, max: 5 })),
};

/** What both behaviour facts say of when the rating was given and by whom. */
export const contextColumns = {
  rating_timestamp: timestamp().describe('When the rating was given, UTC.'),
  engagement_level: engagementLevel,
  user_total_ratings: integer().describe('All ratings of the user.'),
  user_overall_avg_rating: double().describe('The mean of all stars the user gave.'),
  rated_year: integer().describe('UTC year of the rating.'),
  rated_month: integer().describe('1 to 12.'),
  rated_day_of_month: integer().describe('1 to 31.'),
  rated_day_of_week: integer().describe('1 = Sunday … 7 = Saturday.'),
};
