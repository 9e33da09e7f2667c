import { given, unitTest } from '@matinee/core';
import { srcRatings } from '@matinee/models-staging';
import { intMovieGenresConcat } from '../intermediate/int_movie_genres_concat.js';
import { intUserProfiles } from '../intermediate/int_user_profiles.js';
import { fctUserBehaviourGenresConcat } from '../marts/fct_user_behaviour_genres_concat.js';

export const fctUserBehaviourGenresConcatDays = unitTest({
  name: 'fct_user_behaviour_genres_concat_days',
  description:
    'The week starts on Sunday with 1 and ends on Saturday with 7; user attributes come from the profile.',
  model: fctUserBehaviourGenresConcat,
  given: [
    given(srcRatings, [
      { user_id: 1, movie_id: 2, rating: 4.5, rating_timestamp: '2011-12-31 23:59:59' },
      { user_id: 1, movie_id: 3, rating: 2, rating_timestamp: '2012-01-01 00:00:00' },
    ]),
    given(intMovieGenresConcat, [
      { movie_id: 2, genres_string: 'Comedy, Drama' },
      { movie_id: 3, genres_string: '(no genres listed)' },
    ]),
    given(intUserProfiles, [
      { user_id: 1, total_ratings: 9, overall_avg_rating: 3.25, engagement_level: 'High-Engagement' },
    ]),
  ],
  expected: [
    {
      rating_id: 2 ** 32 + 2,
      user_id: 1,
      movie_id: 2,
      rating: 4.5,
      genres_string: 'Comedy, Drama',
      rating_timestamp: '2011-12-31 23:59:59',
      engagement_level: 'High-Engagement',
      user_total_ratings: 9,
      user_overall_avg_rating: 3.25,
      rated_year: 2011,
      rated_month: 12,
      rated_day_of_month: 31,
      rated_day_of_week: 7,
    },
    {
      rating_id: 2 ** 32 + 3,
      user_id: 1,
      movie_id: 3,
      rating: 2,
      genres_string: '(no genres listed)',
      rating_timestamp: '2012-01-01 00:00:00',
      engagement_level: 'High-Engagement',
      user_total_ratings: 9,
      user_overall_avg_rating: 3.25,
      rated_year: 2012,
      rated_month: 1,
      rated_day_of_month: 1,
      rated_day_of_week: 1,
    },
  ],
});
