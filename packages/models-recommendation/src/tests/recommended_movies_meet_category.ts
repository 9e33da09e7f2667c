import { dataTest, sql } from '@matinee/core';
import { fctMovieRecommendations } from '../marts/fct_movie_recommendations.js';
import { recommendationCategories } from '../seeds/recommendation_categories.js';

export const recommendedMoviesMeetCategory = dataTest({
  name: 'recommended_movies_meet_category',
  description: 'Every recommended movie meets the thresholds of its own category.',
  query: sql`
    select movies.movie_id, movies.recommendation_category, movies.rating_count, movies.avg_rating
    from ${fctMovieRecommendations} as movies
    left join ${recommendationCategories} as categories
      on categories.category = movies.recommendation_category
    where categories.category is null
      or movies.rating_count < categories.min_ratings
      or movies.avg_rating < categories.avg_rating_threshold`,
});
