import { double, integer, seed, text } from '@matinee/core';

export const recommendationCategories = seed({
  name: 'recommendation_categories',
  description: 'What a movie must reach to be recommended under a category.',
  file: new URL('./recommendation_categories.csv', import.meta.url),
  columns: {
    category: text().describe('The name of the category.'),
    min_ratings: integer().describe('The fewest ratings of a movie.'),
    avg_rating_threshold: double().describe('The lowest average rating of a movie.'),
    priority: integer().describe('Of several categories that fit, the largest priority wins.'),
  },
  key: ['category'],
});
