import {
  average,
  count,
  countDistinct,
  dayOfWeek,
  derivedFrom,
  incremental,
  integer,
  mapped,
  model,
  packedHigh,
  packedKey,
  packedLow,
  ratio,
  sql,
  sum,
} from '@matinee/core';
import { srcRatings } from '@matinee/models-staging';
import { contextColumns, ratingColumns } from '../columns/behaviour_columns.js';
import { intMovieGenresConcat } from '../intermediate/int_movie_genres_concat.js';
import { intUserProfiles } from '../intermediate/int_user_profiles.js';

export const fctUserBehaviourGenresConcat = model({
  name: 'fct_user_behaviour_genres_concat',
  description: 'One row per rating, with all genres of its movie in one text.',
  materialized: incremental({
    inputs: [
      mapped(srcRatings, { user_id: 'user_id', movie_id: 'movie_id' }),
      mapped(intUserProfiles, { user_id: 'user_id' }),
      mapped(intMovieGenresConcat, { movie_id: 'movie_id' }),
    ],
  }),
  columns: {
    rating_id: integer().describe('Surrogate key of user and movie, the same in every build.'),
    ...ratingColumns,
    user_id: ratingColumns.user_id.test(derivedFrom('rating_id', packedHigh)),
    movie_id: ratingColumns.movie_id.test(derivedFrom('rating_id', packedLow)),
    genres_string: intMovieGenresConcat.columns.genres_string,
    ...contextColumns,
  },
  key: ['rating_id'],
  measures: {
    ratings: count({ description: 'How many ratings were given.' }),
    users: countDistinct('user_id', { description: 'How many users gave ratings, each counted once.' }),
    movies: countDistinct('movie_id', { description: 'How many movies were rated, each counted once.' }),
    rating_sum: sum('rating', { description: 'All stars together.' }),
    average_rating: average('rating', {
      description: 'The mean of the stars, every rating weighing the same.',
    }),
    ratings_per_user: ratio('ratings', 'users', { description: 'Ratings for each user who gave any.' }),
  },
  query: sql`
    select
      ${packedKey(sql`ratings.user_id`, sql`ratings.movie_id`)} as rating_id,
      ratings.user_id,
      ratings.movie_id,
      ratings.rating,
      genres.genres_string,
      ratings.rating_timestamp,
      users.engagement_level,
      users.total_ratings as user_total_ratings,
      users.overall_avg_rating as user_overall_avg_rating,
      year(ratings.rating_timestamp) as rated_year,
      month(ratings.rating_timestamp) as rated_month,
      day(ratings.rating_timestamp) as rated_day_of_month,
      ${dayOfWeek(sql`ratings.rating_timestamp`)} as rated_day_of_week
    from ${srcRatings} as ratings
    join ${intUserProfiles} as users on users.user_id = ratings.user_id
    join ${intMovieGenresConcat} as genres on genres.movie_id = ratings.movie_id`,
});
