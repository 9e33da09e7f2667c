import { model, sql, text, view } from '@matinee/core';
import { tagId } from '../columns/ids.js';
import { rawGenomeTags } from '../sources/raw_genome_tags.js';

export const srcGenomeTags = model({
  name: 'src_genome_tags',
  description: 'One row per tag of the tag genome.',
  materialized: view(),
  columns: {
    tag_id: tagId,
    tag: text().describe('The text of the tag.'),
  },
  key: ['tag_id'],
  query: sql`
    select
      tagId as tag_id,
      tag
    from ${rawGenomeTags}`,
});
