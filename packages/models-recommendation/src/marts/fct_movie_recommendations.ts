import { double, integer, model, sql, table, text } from '@matinee/core';
import { intMovieDetails } from '@matinee/models-audience';
import { srcMovies } from '@matinee/models-staging';
import { categoryNames } from '../columns/category_names.js';
import { intMovieRecommendation } from '../intermediate/int_movie_recommendation.js';

export const fctMovieRecommendations = model({
  name: 'fct_movie_recommendations',
  description: 'One row per recommended movie, ready to be shown.',
  materialized: table(),
  columns: {
    movie_id: integer().references(() => srcMovies, 'movie_id'),
    title: text(),
    genres_string: text().describe('The genres of the movie in byte order, joined by ", ".'),
    rating_count: integer(),
    avg_rating: double(),
    recommendation_category: text().acceptedValues(categoryNames),
  },
  key: ['movie_id'],
  query: sql`
    select
      recommended.movie_id,
      details.title,
      details.genres_string,
      recommended.rating_count,
      recommended.avg_rating,
      recommended.recommendation_category
    from ${intMovieRecommendation} as recommended
    join ${intMovieDetails} as details on details.movie_id = recommended.movie_id`,
});
