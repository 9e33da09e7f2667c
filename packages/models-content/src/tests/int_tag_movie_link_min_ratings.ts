import { given, unitTest } from '@matinee/core';
import { intMovieRatingStats } from '../intermediate/int_movie_rating_stats.js';
import { intMovieTopTags } from '../intermediate/int_movie_top_tags.js';
import { intTagMovieLink } from '../intermediate/int_tag_movie_link.js';

export const intTagMovieLinkMinRatings = unitTest({
  name: 'int_tag_movie_link_min_ratings',
  description: 'A movie with exactly min_movie_ratings ratings is linked; with one less, or none, it is not.',
  model: intTagMovieLink,
  given: [
    given(intMovieTopTags, [
      { movie_id: 1, tag_id: 5, tag: 'noir', relevance: 0.5 },
      { movie_id: 2, tag_id: 5, tag: 'noir', relevance: 0.5 },
      { movie_id: 3, tag_id: 5, tag: 'noir', relevance: 0.5 },
    ]),
    given(intMovieRatingStats, [
      { movie_id: 1, rating_count: 3, unique_raters: 3, avg_rating: 4 },
      { movie_id: 2, rating_count: 2, unique_raters: 2, avg_rating: 4 },
    ]),
  ],
  variables: { min_movie_ratings: 3 },
  expected: [{ movie_id: 1, tag_id: 5, tag: 'noir', relevance: 0.5 }],
});
