import {
  average,
  count,
  countDistinct,
  integer,
  model,
  sql,
  sum,
  table,
  text,
  weightedAverage,
} from '@matinee/core';
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
    title: srcMovies.columns.title,
    genres_string: intMovieDetails.columns.genres_string,
    rating_count: intMovieRecommendation.columns.rating_count,
    avg_rating: intMovieRecommendation.columns.avg_rating,
    recommendation_category: text()
      .describe('The category that the movie is recommended under.')
      .acceptedValues(categoryNames),
  },
  key: ['movie_id'],
  measures: {
    recommended_movies: count({ description: 'How many movies are recommended.' }),
    recommended_categories: countDistinct('recommendation_category', {
      description: 'Under how many categories movies are recommended.',
    }),
    recommended_ratings: sum('rating_count', { description: 'How many ratings these movies have.' }),
    recommended_average_rating: weightedAverage(
      { value: 'avg_rating', weight: 'rating_count' },
      { description: 'The mean rating of these movies, each weighted by its ratings.' },
    ),
    average_of_movies: average('avg_rating', {
      description: 'The mean of the average ratings of these movies, every movie weighing the same.',
    }),
  },
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
