import { date, integer, model, range, ratio, sql, sum, table } from '@matinee/core';
import { counted } from '../../columns/cube_columns.js';
import { intUserDailyRatings } from '../../intermediate/int_user_daily_ratings.js';

export const cubeCohorts = model({
  name: 'cube_cohorts',
  description:
    'Users by the month of their first rating: how many rated in it and in each later month up to the last with ratings.',
  materialized: table(),
  columns: {
    cohort_month: date().describe('The first day of the month in which the users rated first.'),
    months_since: integer()
      .describe('Calendar months since then; 0 holds all users of the cohort.')
      .test(range({ min: 0 })),
    users: integer()
      .describe('Users of the cohort who rated in that month.')
      .test(range({ min: 0 })),
    cohort_size: counted.describe('All users of the cohort, the same in all rows of it.'),
  },
  key: ['cohort_month', 'months_since'],
  measures: {
    active_users: sum('users', { description: 'Users who rated, counted once for each month.' }),
    cohort_users: sum('cohort_size', {
      description: 'All users of the cohorts, counted once for each month since their first rating.',
    }),
    retained_share: ratio('active_users', 'cohort_users', {
      description: 'The share of the cohorts that rated so many months after; each weighs by its users.',
      format: 'percent',
    }),
  },
  query: sql`
    with recursive active as (
      select distinct user_id, cast(date_trunc('month', rating_date) as date) as active_month
      from ${intUserDailyRatings}
    ),
    firsts as (
      select user_id, active_month, min(active_month) over (partition by user_id) as cohort_month
      from active
    ),
    counts as (
      select cohort_month, datediff('month', cohort_month, active_month) as months_since, count(*) as users
      from firsts
      group by cohort_month, active_month
    ),
    -- months in which nobody rated have rows too: without them shares over several cohorts would be too large
    months as (
      select cast(0 as integer) as months_since, min(active_month) as first_month, max(active_month) as last_month
      from active
      union all
      select months_since + 1, first_month, last_month
      from months
      where months_since < datediff('month', first_month, last_month)
    )
    select
      cohorts.cohort_month,
      months.months_since,
      coalesce(counts.users, 0) as users,
      cohorts.users as cohort_size
    from counts as cohorts
    join months on months.months_since <= datediff('month', cohorts.cohort_month, months.last_month)
    left join counts
      on counts.cohort_month = cohorts.cohort_month
      and counts.months_since = months.months_since
    where cohorts.months_since = 0`,
});
