import type { Cube } from './cube.js';
import type { Days } from './days.js';

/**
 * How many distinct things were active in a range of days, from a cube that `activityDays` made: each is counted by its
 * first active day of the range, the one whose day before lies before the range.
 *
 * @param column that of the counts
 */
export function distinctCount(cube: Cube, column: string, { from, to }: Days): number {
  const [days, gaps, counts] = [
    cube.days('rating_day'),
    cube.numbers('days_since_previous'),
    cube.numbers(column),
  ];
  let count = 0;
  for (let row = 0; row < cube.rows; row++) {
    const day = days[row] as number;
    if (day >= from && day <= to && (gaps[row] as number) > day - from) count += counts[row] as number;
  }
  return count;
}
