import type { Column, Columns } from './column.js';

/** A stretch of time; the parts add up. */
export interface Age {
  readonly minutes?: number;
  readonly hours?: number;
  readonly days?: number;
}

/** How old the newest delivery of a source may become. At least one bound; a warning comes before an error. */
export interface Freshness<Name extends string = string> {
  /** Older than this is worth a warning. */
  readonly warnAfter?: Age;
  /** Older than this is an error: `matinee freshness` fails. */
  readonly errorAfter?: Age;
  /**
   * A column of timestamps (UTC) or dates, whose newest value in the raw table then counts in place of the time at which
   * the newest file was modified. A date counts from its first moment.
   */
  readonly column?: Name;
}

/** The names of columns that hold timestamps or dates. */
export type TimeColumn<C extends Columns> = {
  [K in keyof C & string]: C[K] extends Column<'timestamp' | 'date'> ? K : never;
}[keyof C & string];

const SECONDS: Readonly<Record<keyof Age, number>> = { minutes: 60, hours: 3600, days: 86_400 };

export function secondsOf(age: Age): number {
  const parts = Object.entries(age) as [keyof Age, number][];
  return parts.reduce((sum, [unit, count]) => sum + count * SECONDS[unit], 0);
}
