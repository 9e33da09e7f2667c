import { sql } from '@matinee/core';
import { type CubeReader, differences } from './cube-reader.js';

/** Every time at which a category came to or lost movies has a row, with as many movies as the snapshot has valid then. */
export async function compareHistoryCube(reader: CubeReader): Promise<string[]> {
  const cube = await reader.rows('recommendation.cube_recommendation_history');
  return differences(
    'history',
    cube.map((row) => Object.values(row)),
    await reader.query(sql`
      with times as (
        select recommendation_category, valid_from as changed_at from snapshots.movie_recommendations_snapshot
        union
        select recommendation_category, valid_to from snapshots.movie_recommendations_snapshot where valid_to is not null
      )
      select
        times.recommendation_category,
        changed_at,
        count(*) filter (valid_from = changed_at),
        count(*) filter (valid_to = changed_at),
        count(*) filter (valid_from <= changed_at and (valid_to is null or valid_to > changed_at))
      from times
      join snapshots.movie_recommendations_snapshot as history
        on history.recommendation_category = times.recommendation_category
      group by all`),
  );
}
