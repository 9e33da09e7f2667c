import { date, integer, model, range, sql, table } from '@matinee/core';
import { counted } from '../../columns/cube_columns.js';
import { intUserDailyRatings } from '../../intermediate/int_user_daily_ratings.js';

export const cubeCohorts = model({
  name: 'cube_cohorts',
  description: 'Users by the month of their first rating: how many rated again so many months later.',
  materialized: table(),
  columns: {
    cohort_month: date().describe('The first day of the month in which the users rated first.'),
    months_since: integer()
      .describe('Calendar months since then; 0 holds all users of the cohort.')
      .test(range({ min: 0 })),
    users: counted.describe('Users of the cohort who rated in that month.'),
  },
  key: ['cohort_month', 'months_since'],
  query: sql`
    with active as (
      select distinct user_id, cast(date_trunc('month', rating_date) as date) as active_month
      from ${intUserDailyRatings}
    ),
    cohorts as (
      select user_id, active_month, min(active_month) over (partition by user_id) as cohort_month
      from active
    )
    select
      cohort_month,
      datediff('month', cohort_month, active_month) as months_since,
      count(*) as users
    from cohorts
    group by cohort_month, datediff('month', cohort_month, active_month)`,
});
