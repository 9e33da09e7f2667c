import { given, unitTest } from '@matinee/core';
import { srcGenomeScores, srcGenomeTags } from '@matinee/models-staging';
import { intMovieTagRelevance } from '../intermediate/int_movie_tag_relevance.js';

export const intMovieTagRelevanceUnknownTags = unitTest({
  name: 'int_movie_tag_relevance_unknown_tags',
  description: 'A score whose tag is unknown is left out, and so is a tag without scores.',
  model: intMovieTagRelevance,
  given: [
    given(srcGenomeScores, [
      { movie_id: 1, tag_id: 1, relevance: 0.25 },
      { movie_id: 1, tag_id: 99, relevance: 1 },
    ]),
    given(srcGenomeTags, [
      { tag_id: 1, tag: '007' },
      { tag_id: 2, tag: 'noir' },
    ]),
  ],
  expected: [{ movie_id: 1, tag_id: 1, tag: '007', relevance: 0.25 }],
});
