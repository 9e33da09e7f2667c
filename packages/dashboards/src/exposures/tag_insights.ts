import { dashboard } from '@matinee/core';
import { cubeTagMovies, fctTagPerformance } from '@matinee/models-content';

export const tagInsights = dashboard({
  name: 'tag_insights',
  title: 'Tag insights',
  description: 'Which tags describe movies that people rate often, and rate high.',
  owner: 'Content team',
  reads: [fctTagPerformance, cubeTagMovies],
});
