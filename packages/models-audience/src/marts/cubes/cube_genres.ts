import { double, model, sql, table, text } from '@matinee/core';
import { counted, ratingDay } from '../../columns/cube_columns.js';
import { fctUserBehaviourGenres } from '../fct_user_behaviour_genres.js';

const { measures } = fctUserBehaviourGenres;

export const cubeGenres = model({
  name: 'cube_genres',
  description:
    'Ratings by genre and day. For genres alone: a rating stands here once for each genre of its movie.',
  materialized: table(),
  columns: {
    genre_name: text().describe('A single genre of the rated movies.'),
    rating_day: ratingDay,
    genre_ratings: counted.describe(measures.genre_ratings.description),
    genre_rating_sum: double().describe(measures.genre_rating_sum.description),
  },
  key: ['genre_name', 'rating_day'],
  query: sql`
    select
      genre_name,
      cast(rating_timestamp as date) as rating_day,
      ${measures.genre_average_rating.parts.denominator} as genre_ratings,
      ${measures.genre_average_rating.parts.numerator} as genre_rating_sum
    from ${fctUserBehaviourGenres}
    group by genre_name, cast(rating_timestamp as date)`,
});
