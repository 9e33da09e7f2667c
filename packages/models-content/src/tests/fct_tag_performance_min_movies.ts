import { given, unitTest } from '@matinee/core';
import { intMovieRatingStats } from '../intermediate/int_movie_rating_stats.js';
import { intTagMovieLink } from '../intermediate/int_tag_movie_link.js';
import { fctTagPerformance } from '../marts/fct_tag_performance.js';

export const fctTagPerformanceMinMovies = unitTest({
  name: 'fct_tag_performance_min_movies',
  description: 'A tag on exactly min_tag_movies movies is measured, each movie weighted by its ratings.',
  model: fctTagPerformance,
  given: [
    given(intTagMovieLink, [
      { movie_id: 1, tag_id: 5, tag: 'noir', relevance: 0.5 },
      { movie_id: 2, tag_id: 5, tag: 'noir', relevance: 0.5 },
      { movie_id: 1, tag_id: 6, tag: 'on one movie only', relevance: 1 },
    ]),
    given(intMovieRatingStats, [
      { movie_id: 1, rating_count: 30, unique_raters: 30, avg_rating: 4 },
      { movie_id: 2, rating_count: 10, unique_raters: 10, avg_rating: 2 },
    ]),
  ],
  variables: { min_tag_movies: 2 },
  expected: [
    {
      tag_id: 5,
      tag: 'noir',
      movies_with_tag: 2,
      total_ratings_on_tagged_movies: 40,
      weighted_avg_rating: 3.5,
    },
  ],
});
