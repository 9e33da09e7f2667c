import { given, unitTest } from '@matinee/core';
import { intMovieRatingStats } from '../intermediate/int_movie_rating_stats.js';
import { intTagMovieLink } from '../intermediate/int_tag_movie_link.js';
import { fctTagPerformance } from '../marts/fct_tag_performance.js';

export const fctTagPerformanceZeroWeights = unitTest({
  name: 'fct_tag_performance_zero_weights',
  description: 'The weighted average is null where all weights are 0, and 0, not null, where all values are.',
  model: fctTagPerformance,
  given: [
    given(intTagMovieLink, [
      { movie_id: 1, tag_id: 5, tag: 'weights of 0', relevance: 0.5 },
      { movie_id: 2, tag_id: 6, tag: 'values of 0', relevance: 0.5 },
      { movie_id: 1, tag_id: 7, tag: 'one weight of 0', relevance: 0.5 },
      { movie_id: 3, tag_id: 7, tag: 'one weight of 0', relevance: 0.5 },
    ]),
    given(intMovieRatingStats, [
      { movie_id: 1, rating_count: 0, unique_raters: 0, avg_rating: 4 },
      { movie_id: 2, rating_count: 8, unique_raters: 8, avg_rating: 0 },
      { movie_id: 3, rating_count: 2, unique_raters: 2, avg_rating: 3 },
    ]),
  ],
  variables: { min_tag_movies: 1 },
  expected: [
    { tag_id: 5, total_ratings_on_tagged_movies: 0, weighted_avg_rating: null },
    { tag_id: 6, total_ratings_on_tagged_movies: 8, weighted_avg_rating: 0 },
    { tag_id: 7, total_ratings_on_tagged_movies: 2, weighted_avg_rating: 3 },
  ],
});
