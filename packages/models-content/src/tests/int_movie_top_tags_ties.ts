import { given, unitTest } from '@matinee/core';
import { intMovieTagRelevance } from '../intermediate/int_movie_tag_relevance.js';
import { intMovieTopTags } from '../intermediate/int_movie_top_tags.js';

export const intMovieTopTagsTies = unitTest({
  name: 'int_movie_top_tags_ties',
  description: 'Of equally relevant tags the lower tag_id is kept; a movie with few tags keeps them all.',
  model: intMovieTopTags,
  given: [
    given(intMovieTagRelevance, [
      { movie_id: 1, tag_id: 30, tag: 'tied, high id', relevance: 0.5 },
      { movie_id: 1, tag_id: 20, tag: 'tied, low id', relevance: 0.5 },
      { movie_id: 1, tag_id: 40, tag: 'best', relevance: 0.75 },
      { movie_id: 1, tag_id: 10, tag: 'worst', relevance: 0 },
      { movie_id: 2, tag_id: 10, tag: 'worst', relevance: 0 },
    ]),
  ],
  variables: { top_n_tags: 2 },
  expected: [
    { movie_id: 1, tag_id: 40, tag: 'best', relevance: 0.75 },
    { movie_id: 1, tag_id: 20, tag: 'tied, low id', relevance: 0.5 },
    { movie_id: 2, tag_id: 10, tag: 'worst', relevance: 0 },
  ],
});
