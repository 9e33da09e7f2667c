import { activityDays, model, sql, table } from '@matinee/core';
import { activityColumns, counted } from '../../columns/cube_columns.js';
import { engagementLevel } from '../../columns/engagement_level.js';
import { intUserDailyRatings } from '../../intermediate/int_user_daily_ratings.js';
import { intUserProfiles } from '../../intermediate/int_user_profiles.js';

export const cubeRatingUsers = model({
  name: 'cube_rating_users',
  description: 'Users by rating day and the days since their last: distinct users under any range of days.',
  materialized: table(),
  columns: {
    engagement_level: engagementLevel,
    ...activityColumns,
    users: counted.describe('Users of the level who rated on the day, and last so many days before.'),
  },
  key: ['engagement_level', 'days_since_previous', 'rating_day'],
  query: sql`
    with daily as (
      select daily.user_id, daily.rating_date, users.engagement_level
      from ${intUserDailyRatings} as daily
      join ${intUserProfiles} as users on users.user_id = daily.user_id
    )
    select engagement_level, days_since_previous, rating_day, users
    from ${activityDays({
      from: sql`daily`,
      id: sql`user_id`,
      day: sql`rating_date`,
      within: { engagement_level: sql`engagement_level` },
      as: { gap: 'days_since_previous', day: 'rating_day', count: 'users' },
    })} as cube`,
});
