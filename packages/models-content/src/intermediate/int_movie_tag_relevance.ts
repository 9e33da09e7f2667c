import { model, sql, table } from '@matinee/core';
import { srcGenomeScores, srcGenomeTags } from '@matinee/models-staging';
import { tagColumns } from '../columns/tag_columns.js';

export const intMovieTagRelevance = model({
  name: 'int_movie_tag_relevance',
  description: 'One row per movie and genome tag. Scores whose tag is unknown are left out.',
  materialized: table(),
  columns: tagColumns,
  key: ['movie_id', 'tag_id'],
  query: sql`
    select scores.movie_id, scores.tag_id, tags.tag, scores.relevance
    from ${srcGenomeScores} as scores
    join ${srcGenomeTags} as tags on tags.tag_id = scores.tag_id`,
});
