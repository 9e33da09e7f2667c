import { activityDays, model, sql, table } from '@matinee/core';
import { activityColumns, counted } from '../../columns/cube_columns.js';
import { fctUserBehaviourGenresConcat } from '../fct_user_behaviour_genres_concat.js';

export const cubeRatingMovies = model({
  name: 'cube_rating_movies',
  description: 'Movies by rating day and the days since their last: distinct movies under any range of days.',
  materialized: table(),
  columns: {
    ...activityColumns,
    movies: counted.describe('Movies that were rated on the day, and last so many days before.'),
  },
  key: ['days_since_previous', 'rating_day'],
  query: sql`
    select days_since_previous, rating_day, movies
    from ${activityDays({
      from: fctUserBehaviourGenresConcat,
      id: sql`movie_id`,
      day: sql`cast(rating_timestamp as date)`,
      as: { gap: 'days_since_previous', day: 'rating_day', count: 'movies' },
    })} as cube`,
});
