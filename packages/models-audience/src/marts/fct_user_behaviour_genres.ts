import {
  average,
  combinedKey,
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
  sql,
  sum,
  textKey,
} from '@matinee/core';
import { srcRatings } from '@matinee/models-staging';
import { contextColumns, ratingColumns } from '../columns/behaviour_columns.js';
import { noGenre } from '../columns/no_genre.js';
import { intMovieGenres } from '../intermediate/int_movie_genres.js';
import { intUserProfiles } from '../intermediate/int_user_profiles.js';

export const fctUserBehaviourGenres = model({
  name: 'fct_user_behaviour_genres',
  description:
    'One row per rating and genre of its movie. Counting rows counts a rating once for each genre.',
  materialized: incremental({
    inputs: [
      mapped(srcRatings, { user_id: 'user_id', movie_id: 'movie_id' }),
      mapped(intUserProfiles, { user_id: 'user_id' }),
      mapped(intMovieGenres, { movie_id: 'movie_id' }),
    ],
  }),
  columns: {
    rating_id: integer().describe('Surrogate key of user, movie and genre, the same in every build.'),
    ...ratingColumns,
    user_id: ratingColumns.user_id.test(derivedFrom('rating_id', packedHigh)),
    genre_name: intMovieGenres.columns.genre_name,
    ...contextColumns,
  },
  key: ['rating_id'],
  measures: {
    genres: countDistinct('genre_name', {
      description: 'How many genres were rated; "(no genres listed)" is none.',
      without: noGenre,
    }),
    genre_ratings: count({ description: 'Ratings, each counted once for every genre of its movie.' }),
    genre_rating_sum: sum('rating', { description: 'Stars, counted once for every genre of the movie.' }),
    genre_average_rating: average('rating', {
      description: 'The mean of the stars within genres; over several genres, ratings weigh by their genres.',
    }),
  },
  query: sql`
    with genres as (
      select movie_id, genre_name, ${textKey(sql`genre_name`)} as genre_key
      from ${intMovieGenres}
    ),
    ratings as (
      select
        src.*,
        ${packedKey(sql`user_id`, sql`movie_id`)} as rating_key,
        year(rating_timestamp) as rated_year,
        month(rating_timestamp) as rated_month,
        day(rating_timestamp) as rated_day_of_month,
        ${dayOfWeek(sql`rating_timestamp`)} as rated_day_of_week
      from ${srcRatings} as src
    )
    select
      ${combinedKey(sql`ratings.rating_key`, sql`genres.genre_key`)} as rating_id,
      ratings.user_id,
      ratings.movie_id,
      ratings.rating,
      genres.genre_name,
      ratings.rating_timestamp,
      users.engagement_level,
      users.total_ratings as user_total_ratings,
      users.overall_avg_rating as user_overall_avg_rating,
      ratings.rated_year,
      ratings.rated_month,
      ratings.rated_day_of_month,
      ratings.rated_day_of_week
    from ratings
    join ${intUserProfiles} as users on users.user_id = ratings.user_id
    join genres on genres.movie_id = ratings.movie_id`,
});
