import { given, unitTest } from '@matinee/core';
import { intMovieRatingStats } from '@matinee/models-content';
import { intMovieRecommendation } from '../intermediate/int_movie_recommendation.js';
import { recommendationCategories } from '../seeds/recommendation_categories.js';

export const intMovieRecommendationTies = unitTest({
  name: 'int_movie_recommendation_ties',
  description: 'Of matches with the same priority the first name from a to z wins.',
  model: intMovieRecommendation,
  given: [
    given(recommendationCategories, [
      { category: 'rising_star', min_ratings: 1, avg_rating_threshold: 3, priority: 2 },
      { category: 'fading', min_ratings: 1, avg_rating_threshold: 1, priority: 2 },
      { category: 'evergreen', min_ratings: 1, avg_rating_threshold: 1, priority: 1 },
    ]),
    given(intMovieRatingStats, [{ movie_id: 1, rating_count: 10, unique_raters: 10, avg_rating: 4 }]),
  ],
  expected: [{ movie_id: 1, rating_count: 10, avg_rating: 4, recommendation_category: 'fading' }],
});
