import { model, sql, table, topNQualify } from '@matinee/core';
import { tagColumns } from '../columns/tag_columns.js';
import { topNTags } from '../variables/top_n_tags.js';
import { intMovieTagRelevance } from './int_movie_tag_relevance.js';

export const intMovieTopTags = model({
  name: 'int_movie_top_tags',
  description:
    'The `top_n_tags` most relevant tags of each movie; of equally relevant tags the lower tag_id wins.',
  materialized: table(),
  columns: tagColumns,
  key: ['movie_id', 'tag_id'],
  query: sql`
    select movie_id, tag_id, tag, relevance
    from ${intMovieTagRelevance}
    ${topNQualify({ partitionBy: sql`movie_id`, orderBy: sql`relevance desc nulls last, tag_id`, n: topNTags })}`,
});
