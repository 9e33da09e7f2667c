import { given, unitTest } from '@matinee/core';
import { cubeRecommendationHistory } from '../marts/cubes/cube_recommendation_history.js';
import { movieRecommendationsSnapshot } from '../snapshots/movie_recommendations_snapshot.js';

const [first, second, third] = ['2026-01-01 10:00:00', '2026-02-01 10:00:00', '2026-03-01 10:00:00'];
const [fading, evergreen] = [{ recommendation_category: 'fading' }, { recommendation_category: 'evergreen' }];

export const cubeRecommendationHistoryMoves = unitTest({
  name: 'cube_recommendation_history_moves',
  description:
    'A movie that goes over to another category leaves the one and comes to the other at the same time.',
  model: cubeRecommendationHistory,
  given: [
    given(movieRecommendationsSnapshot, [
      { movie_id: 1, ...fading, valid_from: first, valid_to: second },
      { movie_id: 1, ...evergreen, valid_from: second, valid_to: null },
      { movie_id: 2, ...fading, valid_from: first, valid_to: null },
      { movie_id: 3, ...fading, valid_from: third, valid_to: null },
    ]),
  ],
  expected: [
    { ...fading, valid_from: first, movies_added: 2, movies_removed: 0, movies: 2 },
    { ...fading, valid_from: second, movies_added: 0, movies_removed: 1, movies: 1 },
    { ...fading, valid_from: third, movies_added: 1, movies_removed: 0, movies: 2 },
    { ...evergreen, valid_from: second, movies_added: 1, movies_removed: 0, movies: 1 },
  ],
});
