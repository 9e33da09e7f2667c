import { given, unitTest } from '@matinee/core';
import { intMovieRatingStats } from '../intermediate/int_movie_rating_stats.js';
import { intTagMovieLink } from '../intermediate/int_tag_movie_link.js';
import { cubeTagMovies } from '../marts/cubes/cube_tag_movies.js';
import { fctTagPerformance } from '../marts/fct_tag_performance.js';

export const cubeTagMoviesMeasured = unitTest({
  name: 'cube_tag_movies_measured',
  description:
    'Tags on too few movies to be measured are left out, and with them movies that have no others.',
  model: cubeTagMovies,
  given: [
    given(intTagMovieLink, [
      { movie_id: 1, tag_id: 1, tag: 'dark', relevance: 1 },
      { movie_id: 1, tag_id: 2, tag: 'rare', relevance: 0.9 },
      { movie_id: 2, tag_id: 2, tag: 'rare', relevance: 1 },
    ]),
    given(fctTagPerformance, [{ tag_id: 1, tag: 'dark' }]),
    given(intMovieRatingStats, [
      { movie_id: 1, rating_count: 20, avg_rating: 3.5 },
      { movie_id: 2, rating_count: 30, avg_rating: 4 },
    ]),
  ],
  expected: [{ movie_id: 1, tag_id: 1, rating_count: 20, avg_rating: 3.5 }],
});
