import { integer, model, sql, text, view } from '@matinee/core';
import { rawGenomeTags } from '../sources/raw_genome_tags.js';

export const srcGenomeTags = model({
  name: 'src_genome_tags',
  description: 'One row per tag of the tag genome.',
  materialized: view(),
  columns: {
    tag_id: integer(),
    tag: text(),
  },
  key: ['tag_id'],
  query: sql`
    select
      tagId as tag_id,
      tag
    from ${rawGenomeTags}`,
});
