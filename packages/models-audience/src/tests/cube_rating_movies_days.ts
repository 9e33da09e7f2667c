import { FIRST_DAY_GAP, given, unitTest } from '@matinee/core';
import { cubeRatingMovies } from '../marts/cubes/cube_rating_movies.js';
import { fctUserBehaviourGenresConcat } from '../marts/fct_user_behaviour_genres_concat.js';

export const cubeRatingMoviesDays = unitTest({
  name: 'cube_rating_movies_days',
  description: 'A movie counts once a day, however many rate it; a day ends with its last second in UTC.',
  model: cubeRatingMovies,
  given: [
    given(fctUserBehaviourGenresConcat, [
      { movie_id: 1, rating_timestamp: '2012-02-29 00:00:00' },
      { movie_id: 1, rating_timestamp: '2012-02-29 23:59:59' },
      { movie_id: 1, rating_timestamp: '2012-03-01 00:00:00' },
      { movie_id: 2, rating_timestamp: '2012-03-01 12:00:00' },
    ]),
  ],
  expected: [
    { days_since_previous: FIRST_DAY_GAP, rating_day: '2012-02-29', movies: 1 },
    { days_since_previous: 1, rating_day: '2012-03-01', movies: 1 },
    { days_since_previous: FIRST_DAY_GAP, rating_day: '2012-03-01', movies: 1 },
  ],
});
