import { lit, type Renderable, sql } from '@matinee/core';
import { fctUserBehaviourGenres, fctUserBehaviourGenresConcat } from '@matinee/models-audience';
import fc from 'fast-check';
import { type Days, daysOf } from '../../src/numbers/days.js';
import type { Cubes } from '../support/read-site.js';

export const facts = fctUserBehaviourGenresConcat;
export const genreFacts = fctUserBehaviourGenres;

const text = (day: number) => new Date(day * 86_400_000).toISOString().slice(0, 10);

/** The ratings of some days, as a condition on the marts. */
export function inDays({ from, to }: Days): Renderable {
  return sql`cast(rating_timestamp as date) between ${lit(text(from))} and ${lit(text(to))}`;
}

export function daysText({ from, to }: Days): string {
  return `${text(from)} to ${text(to)}`;
}

/** All days, and ranges within them: of any length, and short ones, which are shown by days. */
export function someDays(cubes: Cubes): fc.Arbitrary<Days> {
  const all = daysOf(cubes('cube_ratings'));
  if (!all) throw new Error('The warehouse has no ratings.');
  const day = fc.integer({ min: all.from, max: all.to });
  const any = fc.tuple(day, day).map(([a, b]) => ({ from: Math.min(a, b), to: Math.max(a, b) }));
  const short = fc
    .tuple(day, fc.integer({ min: 0, max: 91 }))
    .map(([from, length]) => ({ from, to: Math.min(from + length, all.to) }));
  return fc.oneof(fc.constant(all), any, any, short);
}

/** The period of a rating as pages number it: days since 1970, or months since the year 0. */
export function periodSql(unit: 'day' | 'month'): Renderable {
  return unit === 'day'
    ? sql`datediff('day', date '1970-01-01', cast(rating_timestamp as date))`
    : sql`(rated_year * 12 + rated_month - 1)`;
}
