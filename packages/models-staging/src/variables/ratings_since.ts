import { variable } from '@matinee/core';

export const ratingsSince = variable({
  name: 'ratings_since',
  type: 'timestamp',
  default: '2010-01-01',
  nullable: true,
  description: 'Only ratings from this UTC time on enter the warehouse; null lets all of them in.',
});
