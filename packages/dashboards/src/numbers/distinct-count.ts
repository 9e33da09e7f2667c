import { activityOf } from './activity.js';
import type { Cube } from './cube.js';
import type { Days } from './days.js';

/**
 * How many distinct things were active in a range of days, from a cube that `activityDays` made: each is counted by its
 * first active day of the range, the one whose day before lies before the range.
 *
 * @param column that of the counts
 */
export function distinctCount(cube: Cube, column: string, days: Days): number {
  const counts = cube.numbers(column);
  let count = 0;
  activityOf(cube).visitFirsts(days, (row) => {
    count += counts[row] as number;
  });
  return count;
}
