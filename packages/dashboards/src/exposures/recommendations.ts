import { dashboard } from '@matinee/core';
import { cubeRecommendationHistory, fctMovieRecommendations } from '@matinee/models-recommendation';

export const recommendations = dashboard({
  name: 'recommendations',
  title: 'Recommendations',
  description:
    'Which movies are recommended, under which category, and how that changed from build to build.',
  owner: 'Recommendation team',
  reads: [fctMovieRecommendations, cubeRecommendationHistory],
});
