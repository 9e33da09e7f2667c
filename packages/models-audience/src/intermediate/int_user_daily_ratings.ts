import { date, double, incremental, integer, mapped, model, sql } from '@matinee/core';
import { srcRatings } from '@matinee/models-staging';
import { intUserProfiles } from './int_user_profiles.js';

export const intUserDailyRatings = model({
  name: 'int_user_daily_ratings',
  description: 'One row per user and UTC day with ratings.',
  materialized: incremental({ inputs: [mapped(srcRatings, { user_id: 'user_id' })] }),
  columns: {
    user_id: integer().references(() => intUserProfiles, 'user_id'),
    rating_date: date().describe('UTC day.'),
    daily_ratings_count: integer().describe('The ratings of the user on the day.'),
    daily_avg_rating: double().describe('The mean of the stars the user gave on the day.'),
  },
  key: ['user_id', 'rating_date'],
  query: sql`
    select
      user_id,
      cast(rating_timestamp as date) as rating_date,
      count(*) as daily_ratings_count,
      avg(rating) as daily_avg_rating
    from ${srcRatings}
    group by user_id, cast(rating_timestamp as date)`,
});
