import { sql } from '@matinee/core';
import { fctUserBehaviourGenresConcat } from '../../../../packages/models-audience/src/index.js';
import { type CubeReader, differences } from './cube-reader.js';

/** The cohorts as the ratings have them; no filter applies to them. */
export async function compareCohorts(reader: CubeReader): Promise<string[]> {
  const cube = await reader.rows('audience.cube_cohorts');
  return differences(
    'cohorts',
    cube.map(({ cohort_month = null, months_since = null, users = null, cohort_size = null }) => [
      cohort_month,
      months_since,
      users,
      cohort_size,
    ]),
    await reader.query(sql`
      with active as (
        select distinct user_id, rated_year * 12 + rated_month as month
        from ${fctUserBehaviourGenresConcat}
      ),
      firsts as (
        select
          user_id,
          min(rated_year * 12 + rated_month) as first_month,
          strftime(min(rating_timestamp), '%Y-%m-01') as cohort
        from ${fctUserBehaviourGenresConcat}
        group by user_id
      )
      select cohort, months.month - first_month, count(active.user_id), count(*)
      from firsts
      join (select unnest(range(min(month), max(month) + 1)) as month from active) as months on months.month >= first_month
      left join active on active.user_id = firsts.user_id and active.month = months.month
      group by all`),
  );
}
