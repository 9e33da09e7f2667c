import type { Days } from './days.js';
import { quotient } from './quotient.js';
import type { Stars } from './stars.js';

export interface RatingTotals {
  readonly ratings: number;
  readonly average: number | null;
}

/** How many ratings were given in a range of days, and their mean. */
export function ratingTotals({ days, ratings, sums }: Stars, { from, to }: Days): RatingTotals {
  let [count, sum] = [0, 0];
  for (let row = 0; row < days.length; row++) {
    const day = days[row] as number;
    if (day < from || day > to) continue;
    count += ratings[row] as number;
    sum += sums[row] as number;
  }
  return { ratings: count, average: quotient(sum, count) };
}
