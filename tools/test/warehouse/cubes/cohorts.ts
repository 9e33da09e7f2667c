import { sql } from '@matinee/core';
import { fctUserBehaviourGenresConcat } from '../../../../packages/models-audience/src/index.js';
import { type CubeReader, differences } from './cube-reader.js';

/** The cohorts as the ratings have them; no filter applies to them. */
export async function compareCohorts(reader: CubeReader): Promise<string[]> {
  const cube = await reader.rows('audience.cube_cohorts');
  return differences(
    'cohorts',
    cube.map(({ cohort_month = null, months_since = null, users = null }) => [
      cohort_month,
      months_since,
      users,
    ]),
    await reader.query(sql`
      with firsts as (
        select user_id, min(rating_timestamp) as first_rating
        from ${fctUserBehaviourGenresConcat}
        group by user_id
      )
      select
        strftime(first_rating, '%Y-%m-01') as cohort,
        (rated_year * 12 + rated_month) - (year(first_rating) * 12 + month(first_rating)) as since,
        ${fctUserBehaviourGenresConcat.measures.users}
      from ${fctUserBehaviourGenresConcat}
      join firsts using (user_id)
      group by all`),
  );
}
