import { given, unitTest } from '@matinee/core';
import { intMovieRatingStats } from '@matinee/models-content';
import { intMovieRecommendation } from '../intermediate/int_movie_recommendation.js';
import { recommendationCategories } from '../seeds/recommendation_categories.js';

export const intMovieRecommendationPriority = unitTest({
  name: 'int_movie_recommendation_priority',
  description:
    'The largest priority number wins, thresholds are inclusive, and a movie that meets none is left out.',
  model: intMovieRecommendation,
  given: [
    given(recommendationCategories, [
      { category: 'evergreen', min_ratings: 100, avg_rating_threshold: 3.5, priority: 3 },
      { category: 'rising_star', min_ratings: 20, avg_rating_threshold: 4, priority: 2 },
      { category: 'fading', min_ratings: 100, avg_rating_threshold: 2.5, priority: 1 },
    ]),
    given(intMovieRatingStats, [
      { movie_id: 1, rating_count: 100, unique_raters: 100, avg_rating: 4.5 },
      { movie_id: 2, rating_count: 100, unique_raters: 100, avg_rating: 3.5 },
      { movie_id: 3, rating_count: 99, unique_raters: 99, avg_rating: 4 },
      { movie_id: 4, rating_count: 100, unique_raters: 100, avg_rating: 3.49 },
      { movie_id: 5, rating_count: 19, unique_raters: 19, avg_rating: 5 },
      { movie_id: 6, rating_count: 100, unique_raters: 100, avg_rating: 2.49 },
    ]),
  ],
  expected: [
    { movie_id: 1, rating_count: 100, avg_rating: 4.5, recommendation_category: 'evergreen' },
    { movie_id: 2, rating_count: 100, avg_rating: 3.5, recommendation_category: 'evergreen' },
    { movie_id: 3, rating_count: 99, avg_rating: 4, recommendation_category: 'rising_star' },
    { movie_id: 4, rating_count: 100, avg_rating: 3.49, recommendation_category: 'fading' },
  ],
});
