import { monthOf } from './calendar.js';
import type { Cube } from './cube.js';
import type { Days } from './days.js';
import { onceFor } from './once-for.js';

export interface Cohort {
  /** The month of the first rating, in months since January of the year 0; of a year its January. */
  readonly month: number;
  readonly users: number;
  /**
   * By months since the first rating, from 0 on: of the users who rated first so long ago, the share that rated then. Null
   * where none did: the month is not over for any of them, or lies ahead.
   */
  readonly shares: readonly (number | null)[];
}

/** The months of first ratings one by one, or put together by calendar years, each month weighing by its users. */
export type CohortUnit = 'month' | 'year';

interface Group {
  users: number;
  /** By months since the first rating: users that could have rated then, and those that did. */
  readonly observed: Float64Array;
  readonly active: Float64Array;
}

/**
 * Of the users who rated first in the months of a range, how many rated again; the first cohort first.
 *
 * @param cube `cube_cohorts`
 * @param horizon how many months after the first are looked at
 */
export function cohortRetention(
  cube: Cube,
  { from, to }: Days,
  horizon: number,
  unit: CohortUnit,
): readonly Cohort[] {
  const { months, last } = monthsOf(cube);
  const [since, users] = [cube.numbers('months_since'), cube.numbers('users')];
  const [first, final] = [monthOf(from), monthOf(to)];
  const isIn = (month: number) => month >= first && month <= final && from <= to;
  const groups = new Map<number, Group>();
  for (let row = 0; row < cube.rows; row++) {
    const month = months[row] as number;
    if (!isIn(month)) continue;
    const key = unit === 'year' ? month - (month % 12) : month;
    const group = groups.get(key) ?? emptyGroup(horizon);
    groups.set(key, group);
    const [after, count] = [since[row] as number, users[row] as number];
    if (after <= horizon) group.active[after] = (group.active[after] as number) + count;
    if (after > 0) continue;
    group.users += count;
    for (let later = 0; later <= Math.min(horizon, last - month); later++)
      group.observed[later] = (group.observed[later] as number) + count;
  }
  const cohorts = [...groups].map(([month, { users, observed, active }]) => ({
    month,
    users,
    shares: Array.from(observed, (of, after) => (of === 0 ? null : (active[after] as number) / of)),
  }));
  return cohorts.sort((a, b) => a.month - b.month);
}

/** The month of first ratings of each row, and the last month in which anybody rated. */
const monthsOf = onceFor((cube: Cube) => {
  const since = cube.numbers('months_since');
  const months = Int32Array.from(cube.days('cohort_month'), monthOf);
  return {
    months,
    last: months.reduce((latest, month, row) => Math.max(latest, month + (since[row] as number)), 0),
  };
});

function emptyGroup(horizon: number): Group {
  return { users: 0, observed: new Float64Array(horizon + 1), active: new Float64Array(horizon + 1) };
}
