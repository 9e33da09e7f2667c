import { periodsOf } from './calendar.js';
import type { Days } from './days.js';
import { ratingTotals } from './rating-totals.js';
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
export function ratingsOverTime(stars: Stars, { from, to }: Days): RatingsOverTime {
  const { unit, keys, starts } = periodsOf(from, to);
  const totals = keys.map((_, place) => {
    const next = starts[place + 1] ?? to + 1;
    return ratingTotals(stars, { from: starts[place] ?? to, to: next - 1 });
  });
  return {
    unit,
    periods: keys,
    ratings: Float64Array.from(totals, ({ ratings }) => ratings),
    averages: totals.map(({ average }) => average),
  };
}
