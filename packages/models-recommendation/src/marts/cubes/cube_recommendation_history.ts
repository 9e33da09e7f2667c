import { integer, model, range, sql, table, text, timestamp } from '@matinee/core';
import { movieRecommendationsSnapshot } from '../../snapshots/movie_recommendations_snapshot.js';

export const cubeRecommendationHistory = model({
  name: 'cube_recommendation_history',
  description:
    'How many movies came to a category and left it, at each time that changed any, and how many it had then.',
  materialized: table(),
  columns: {
    recommendation_category: text().describe('The category that movies came to or left.'),
    valid_from: timestamp().describe('The time of the build that saw the change, UTC.'),
    movies_added: integer()
      .describe('Movies that came to the category then.')
      .test(range({ min: 0 })),
    movies_removed: integer()
      .describe('Movies that left the category then.')
      .test(range({ min: 0 })),
    movies: integer()
      .describe('Movies of the category from then on, until its next row.')
      .test(range({ min: 0 })),
  },
  key: ['recommendation_category', 'valid_from'],
  query: sql`
    with changes as (
      select recommendation_category, valid_from, 1 as added, 0 as removed
      from ${movieRecommendationsSnapshot}
      union all
      select recommendation_category, valid_to as valid_from, 0 as added, 1 as removed
      from ${movieRecommendationsSnapshot}
      where valid_to is not null
    ),
    times as (
      select
        recommendation_category,
        valid_from,
        sum(added) as movies_added,
        sum(removed) as movies_removed
      from changes
      group by recommendation_category, valid_from
    )
    select
      recommendation_category,
      valid_from,
      movies_added,
      movies_removed,
      sum(movies_added - movies_removed) over (
        partition by recommendation_category
        order by valid_from
        rows between unbounded preceding and current row
      ) as movies
    from times`,
});
