import { double, model, range, sql, table } from '@matinee/core';
import { counted, ratingDay } from '../../columns/cube_columns.js';
import { engagementLevel } from '../../columns/engagement_level.js';
import { fctUserBehaviourGenresConcat } from '../fct_user_behaviour_genres_concat.js';

const { measures } = fctUserBehaviourGenresConcat;

export const cubeRatings = model({
  name: 'cube_ratings',
  description: 'Ratings by day, stars and engagement level: what is counted and averaged over ratings.',
  materialized: table(),
  columns: {
    rating: double()
      .describe('Stars, 0.5 to 5.')
      .test(range({ min: 0.5, max: 5 })),
    engagement_level: engagementLevel,
    rating_day: ratingDay,
    ratings: counted.describe(measures.ratings.description),
  },
  key: ['rating', 'engagement_level', 'rating_day'],
  query: sql`
    select
      rating,
      engagement_level,
      cast(rating_timestamp as date) as rating_day,
      ${measures.ratings} as ratings
    from ${fctUserBehaviourGenresConcat}
    group by rating, engagement_level, cast(rating_timestamp as date)`,
});
