import { sum } from '@matinee/core';
import {
  cubeRecommendationHistory,
  fctMovieRecommendations,
  recommendationCategories,
} from '@matinee/models-recommendation';
import { starTable } from '@matinee/powerbi';

export const category = starTable(recommendationCategories, { name: 'Recommendation category' });

export const recommendation = starTable(fctMovieRecommendations, {
  name: 'Recommendation',
  columns: ['movie_id', 'title', 'genres_string', 'rating_count', 'avg_rating', 'recommendation_category'],
});

export const history = starTable(cubeRecommendationHistory, {
  name: 'Recommendation history',
  measures: {
    recommendations_added: sum('movies_added', { description: 'Movies that came to a category.' }),
    recommendations_removed: sum('movies_removed', { description: 'Movies that left a category.' }),
  },
});
