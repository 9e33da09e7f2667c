import { double, integer, model, sql, table } from '@matinee/core';
import { srcRatings } from '@matinee/models-staging';
import { engagementLevel } from '../columns/engagement_level.js';

export const intUserProfiles = model({
  name: 'int_user_profiles',
  description: 'One row per user who has rated: how much, how well, and how active that is among all users.',
  materialized: table(),
  columns: {
    user_id: srcRatings.columns.user_id,
    total_ratings: integer().describe('The ratings of the user.'),
    overall_avg_rating: double().describe('The mean of the stars the user gave.'),
    engagement_level: engagementLevel.describe(
      'By the percent rank of total_ratings: top 5 %, top 34 %, top 67 % and the rest.',
    ),
  },
  key: ['user_id'],
  query: sql`
    with users as (
      select user_id, count(*) as total_ratings, avg(rating) as overall_avg_rating
      from ${srcRatings}
      group by user_id
    ),
    ranked as (
      select users.*, percent_rank() over (order by total_ratings) as activity_rank
      from users
    )
    select
      user_id,
      total_ratings,
      overall_avg_rating,
      case
        when activity_rank >= 0.95 then 'Super-High-Engagement'
        when activity_rank >= 0.66 then 'High-Engagement'
        when activity_rank >= 0.33 then 'Medium-Engagement'
        else 'Low-Engagement'
      end as engagement_level
    from ranked`,
});
