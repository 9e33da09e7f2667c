import { given, unitTest } from '@matinee/core';
import { srcRatings } from '@matinee/models-staging';
import { intMovieGenres } from '../intermediate/int_movie_genres.js';
import { intUserProfiles } from '../intermediate/int_user_profiles.js';
import { fctUserBehaviourGenres } from '../marts/fct_user_behaviour_genres.js';

export const fctUserBehaviourGenresKeys = unitTest({
  name: 'fct_user_behaviour_genres_keys',
  description:
    'A rating gives one row per genre of its movie, under a key that every build and engine repeats.',
  model: fctUserBehaviourGenres,
  given: [
    given(srcRatings, [{ user_id: 1, movie_id: 2, rating: 4.5, rating_timestamp: '2010-01-07 08:30:00' }]),
    given(intMovieGenres, [
      { movie_id: 2, genre_name: 'Comedy' },
      { movie_id: 2, genre_name: 'Drama' },
      { movie_id: 3, genre_name: 'Drama' },
    ]),
    given(intUserProfiles, [
      { user_id: 1, total_ratings: 1, overall_avg_rating: 4.5, engagement_level: 'Low-Engagement' },
    ]),
  ],
  expected: [
    {
      rating_id: 6_341_551_116,
      movie_id: 2,
      genre_name: 'Comedy',
      rated_day_of_month: 7,
      rated_day_of_week: 5,
    },
    {
      rating_id: 8_055_688_871,
      movie_id: 2,
      genre_name: 'Drama',
      rated_day_of_month: 7,
      rated_day_of_week: 5,
    },
  ],
});
