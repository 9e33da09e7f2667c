import type { Cube } from './cube.js';
import { onceFor } from './once-for.js';

/** Days since 1970-01-01, both included. */
export interface Days {
  readonly from: number;
  readonly to: number;
}

/** A choice of days; an end that is undefined is open. */
export interface OpenDays {
  readonly from: number | undefined;
  readonly to: number | undefined;
}

/** The first and the last rating day of a cube; undefined if it has no rows. */
export const daysOf: (cube: Cube) => Days | undefined = onceFor((cube: Cube) => {
  const days = cube.days('rating_day');
  let [from, to] = [days[0] ?? 0, days[0] ?? 0];
  for (let row = 1; row < cube.rows; row++) {
    const day = days[row] as number;
    if (day < from) from = day;
    if (day > to) to = day;
  }
  return cube.rows === 0 ? undefined : { from, to };
});

/** The days that a filter leaves of all days. It may leave none: then `from` is after `to`. */
export function within(filter: OpenDays, all: Days): Days {
  return { from: Math.max(filter.from ?? all.from, all.from), to: Math.min(filter.to ?? all.to, all.to) };
}
