import { date, integer, range } from '@matinee/core';

/** The UTC day that a row of a cube is about. */
export const ratingDay = date().describe('UTC day of the ratings.');

/** A number of things, never 0: a cube has no rows for what is not there. */
export const counted = integer().test(range({ min: 1 }));

/** What the cubes of distinct counts say beside the number itself; `activityDays` tells how to count with it. */
export const activityColumns = {
  days_since_previous: integer()
    .describe('Days since the rating day before; 10,000,000 on the first.')
    .test(range({ min: 1 })),
  rating_day: ratingDay,
};
