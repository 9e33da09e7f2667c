import { activityDays, integer, model, range, sql, table } from '@matinee/core';
import { activityColumns, counted } from '../../columns/cube_columns.js';
import { engagementLevel } from '../../columns/engagement_level.js';
import { intUserDailyRatings } from '../../intermediate/int_user_daily_ratings.js';
import { intUserProfiles } from '../../intermediate/int_user_profiles.js';

export const cubeRatingUsersByMonth = model({
  name: 'cube_rating_users_by_month',
  description:
    'Users by month of the year, rating day and the days since their last in that month of any year: distinct users of each month under any range of days.',
  materialized: table(),
  columns: {
    rated_month: integer()
      .describe('1 to 12.')
      .test(range({ min: 1, max: 12 })),
    engagement_level: engagementLevel,
    ...activityColumns,
    users: counted.describe(
      'Users of the level who rated on the day, and in this month last so many days before.',
    ),
  },
  key: ['rated_month', 'engagement_level', 'days_since_previous', 'rating_day'],
  query: sql`
    with daily as (
      select daily.user_id, daily.rating_date, users.engagement_level
      from ${intUserDailyRatings} as daily
      join ${intUserProfiles} as users on users.user_id = daily.user_id
    )
    select rated_month, engagement_level, days_since_previous, rating_day, users
    from ${activityDays({
      from: sql`daily`,
      id: sql`user_id`,
      day: sql`rating_date`,
      within: { rated_month: sql`month(rating_date)`, engagement_level: sql`engagement_level` },
      as: { gap: 'days_since_previous', day: 'rating_day', count: 'users' },
    })} as cube`,
});
