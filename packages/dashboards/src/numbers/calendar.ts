const DAY_MS = 86_400_000;

/** Months since January of the year 0, of a day since 1970-01-01. */
export function monthOf(day: number): number {
  const date = new Date(day * DAY_MS);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
}

/** The first day, since 1970-01-01, of a month since January of the year 0. */
function firstDayOf(month: number): number {
  return Date.UTC(Math.floor(month / 12), month % 12) / DAY_MS;
}

/** Days in a range, in stretches that a chart shows as one. */
export interface Periods {
  readonly unit: 'day' | 'month';
  /** Days since 1970-01-01, or months since January of the year 0; without gaps. */
  readonly keys: readonly number[];
  /** The first day of each that lies in the range, since 1970-01-01. */
  readonly starts: readonly number[];
}

/** Up to so many days are shown day by day, more month by month. */
const DAILY = 92;

/** How a range of days, both included, is shown along time. */
export function periodsOf(from: number, to: number): Periods {
  const length = Math.max(0, to - from + 1);
  if (length <= DAILY) {
    const days = Array.from({ length }, (_, index) => from + index);
    return { unit: 'day', keys: days, starts: days };
  }
  const first = monthOf(from);
  const keys = Array.from({ length: monthOf(to) - first + 1 }, (_, index) => first + index);
  return { unit: 'month', keys, starts: keys.map((month) => Math.max(from, firstDayOf(month))) };
}
