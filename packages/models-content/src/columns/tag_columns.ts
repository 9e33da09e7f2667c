import { double, integer, relevanceRange } from '@matinee/core';
import { srcGenomeTags, srcMovies } from '@matinee/models-staging';

/** A movie, a tag of the genome and how relevant it is to the movie. */
export const tagColumns = {
  movie_id: integer().references(() => srcMovies, 'movie_id', { severity: 'warn' }),
  tag_id: integer().references(() => srcGenomeTags, 'tag_id'),
  tag: srcGenomeTags.columns.tag,
  relevance: double().describe('0 (not at all) to 1 (very).').test(relevanceRange()),
};
