import { periodsOf } from './calendar.js';
import type { Days } from './days.js';
import { quotient } from './quotient.js';
import type { Stars } from './stars.js';

export interface RatingsOverTime {
  readonly unit: 'day' | 'month';
  /** Days since 1970-01-01, or months since January of the year 0; without gaps. */
  readonly periods: readonly number[];
  readonly ratings: Float64Array;
  /** Null in a period without ratings. */
  readonly averages: readonly (number | null)[];
}

/** Ratings and their mean along a range: day by day if it is short, else month by month. */
export function ratingsOverTime({ days, ratings, sums }: Stars, { from, to }: Days): RatingsOverTime {
  const { unit, keys, places } = periodsOf(from, to);
  const [counts, totals] = [new Float64Array(keys.length), new Float64Array(keys.length)];
  for (let row = 0; row < days.length; row++) {
    const day = days[row] as number;
    if (day < from || day > to) continue;
    const place = places[day - from] as number;
    counts[place] = (counts[place] as number) + (ratings[row] as number);
    totals[place] = (totals[place] as number) + (sums[row] as number);
  }
  const averages = keys.map((_, place) => quotient(totals[place] as number, counts[place] as number));
  return { unit, periods: keys, ratings: counts, averages };
}
