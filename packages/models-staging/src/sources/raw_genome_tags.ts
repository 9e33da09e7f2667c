import { source, text } from '@matinee/core';
import { tagId } from '../columns/ids.js';

export const rawGenomeTags = source({
  name: 'raw_genome_tags',
  description: 'The tags of the tag genome as delivered, one row per tag.',
  schema: 'raw',
  columns: {
    tagId,
    tag: text().describe('The text of the tag.'),
  },
  key: ['tagId'],
  optional: true,
  shapes: [
    { name: 'grouplens', file: 'genome-tags.csv', header: ['tagId', 'tag'] },
    {
      name: 'kaggle',
      file: 'genome_tags.csv',
      header: ['tagId', 'tag'],
      escape: '\\',
      formats: { tag: { type: 'pairedQuotes' } },
    },
  ],
});
