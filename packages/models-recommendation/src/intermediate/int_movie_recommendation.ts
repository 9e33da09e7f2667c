import { integer, model, sql, table, text, topNQualify } from '@matinee/core';
import { intMovieRatingStats } from '@matinee/models-content';
import { srcMovies } from '@matinee/models-staging';
import { categoryNames } from '../columns/category_names.js';
import { recommendationCategories } from '../seeds/recommendation_categories.js';

export const intMovieRecommendation = model({
  name: 'int_movie_recommendation',
  description: 'One row per movie that meets at least one category, under the one of the largest priority.',
  materialized: table(),
  columns: {
    movie_id: integer().references(() => srcMovies, 'movie_id'),
    rating_count: intMovieRatingStats.columns.rating_count,
    avg_rating: intMovieRatingStats.columns.avg_rating,
    recommendation_category: text()
      .describe('Of equal priorities the first name from a to z.')
      .acceptedValues(categoryNames),
  },
  key: ['movie_id'],
  query: sql`
    select
      stats.movie_id,
      stats.rating_count,
      stats.avg_rating,
      categories.category as recommendation_category
    from ${intMovieRatingStats} as stats
    join ${recommendationCategories} as categories
      on stats.rating_count >= categories.min_ratings
      and stats.avg_rating >= categories.avg_rating_threshold
    ${topNQualify({
      partitionBy: sql`stats.movie_id`,
      orderBy: sql`categories.priority desc nulls last, categories.category`,
      n: 1,
    })}`,
});
