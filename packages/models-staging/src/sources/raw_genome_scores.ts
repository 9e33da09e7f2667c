import { double, source } from '@matinee/core';
import { movieId, tagId } from '../columns/ids.js';

export const rawGenomeScores = source({
  name: 'raw_genome_scores',
  description:
    'How relevant each tag of the tag genome is to a movie, as delivered, one row per movie and tag.',
  schema: 'raw',
  columns: {
    movieId,
    tagId,
    relevance: double().describe('0 (not at all) to 1 (very).'),
  },
  key: ['movieId', 'tagId'],
  optional: true,
  shapes: [
    { name: 'grouplens', file: 'genome-scores.csv', header: ['movieId', 'tagId', 'relevance'] },
    { name: 'kaggle', file: 'genome_scores.csv', header: ['movieId', 'tagId', 'relevance'], escape: '\\' },
  ],
});
