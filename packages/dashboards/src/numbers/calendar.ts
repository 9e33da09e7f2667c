const DAY_MS = 86_400_000;

/** Months since January of the year 0, of a day since 1970-01-01. */
export function monthOf(day: number): number {
  const date = new Date(day * DAY_MS);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
}

/** Days in a range, in stretches that a chart shows as one. */
export interface Periods {
  readonly unit: 'day' | 'month';
  /** Days since 1970-01-01, or months since January of the year 0; without gaps. */
  readonly keys: readonly number[];
  /** The place in `keys` of the day that comes so many days after the first. */
  readonly places: Int32Array;
}

/** Up to so many days are shown day by day, more month by month. */
const DAILY = 92;

/** How a range of days, both included, is shown along time. */
export function periodsOf(from: number, to: number): Periods {
  const length = Math.max(0, to - from + 1);
  const unit = length <= DAILY ? 'day' : 'month';
  const places = new Int32Array(length);
  const keys: number[] = [];
  for (let index = 0; index < length; index++) {
    const key = unit === 'day' ? from + index : monthOf(from + index);
    if (key !== keys[keys.length - 1]) keys.push(key);
    places[index] = keys.length - 1;
  }
  return { unit, keys, places };
}
