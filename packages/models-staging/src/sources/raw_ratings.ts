import { double, source, timestamp } from '@matinee/core';
import { movieId, userId } from '../columns/ids.js';

export const rawRatings = source({
  name: 'raw_ratings',
  description: 'Ratings as delivered, one row per user and movie.',
  schema: 'raw',
  columns: {
    userId,
    movieId,
    rating: double().describe('Stars in half steps.'),
    timestamp: timestamp().describe('When the rating was given, UTC.'),
  },
  key: ['userId', 'movieId'],
  shapes: [
    {
      name: 'grouplens',
      file: 'ratings.csv',
      header: ['userId', 'movieId', 'rating', 'timestamp'],
      formats: { timestamp: { type: 'epochSeconds' } },
    },
    {
      name: 'kaggle',
      file: 'rating.csv',
      header: ['userId', 'movieId', 'rating', 'timestamp'],
      escape: '\\',
      formats: { timestamp: { type: 'dateTime' } },
    },
  ],
});
