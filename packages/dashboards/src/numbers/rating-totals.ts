import type { Days } from './days.js';
import { quotient } from './quotient.js';
import { RATINGS, type Stars, SUM } from './stars.js';

export interface RatingTotals {
  readonly ratings: number;
  readonly average: number | null;
}

/** How many ratings were given in a range of days, and their mean. */
export function ratingTotals(stars: Stars, days: Days): RatingTotals {
  const ratings = stars.sum(RATINGS, days);
  return { ratings, average: quotient(stars.sum(SUM, days), ratings) };
}
