import { source, text, timestamp } from '@matinee/core';
import { movieId, userId } from '../columns/ids.js';

export const rawTags = source({
  name: 'raw_tags',
  description: 'Tags that users wrote on movies, as delivered. No key: a user may write the same tag twice.',
  schema: 'raw',
  columns: {
    userId,
    movieId,
    tag: text().describe('Free text as typed, blanks included.'),
    timestamp: timestamp().describe('When the tag was written, UTC.'),
  },
  shapes: [
    {
      name: 'grouplens',
      file: 'tags.csv',
      header: ['userId', 'movieId', 'tag', 'timestamp'],
      formats: { timestamp: { type: 'epochSeconds' } },
    },
    {
      name: 'kaggle',
      file: 'tag.csv',
      header: ['userId', 'movieId', 'tag', 'timestamp'],
      escape: '\\',
      formats: { tag: { type: 'pairedQuotes' }, timestamp: { type: 'dateTime' } },
    },
  ],
});
