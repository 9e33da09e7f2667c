import { activityOf } from './activity.js';
import type { Cube } from './cube.js';
import type { Days } from './days.js';
import { engagementLevels, levelPlaces } from './engagement-levels.js';

/**
 * Distinct users who rated in each month of the year, in any year of the range.
 *
 * @param cube `cube_rating_users_by_month`
 * @returns for each engagement level in its order, twelve numbers
 */
export function usersByMonth(cube: Cube, days: Days): readonly Float64Array[] {
  const [months, users] = [cube.numbers('rated_month'), cube.numbers('users')];
  const { codes, values } = cube.texts('engagement_level');
  const places = levelPlaces(values);
  const counts = engagementLevels.map(() => new Float64Array(12));
  activityOf(cube).visitFirsts(days, (row) => {
    const level = counts[places[codes[row] as number] as number] as Float64Array;
    const month = (months[row] as number) - 1;
    level[month] = (level[month] as number) + (users[row] as number);
  });
  return counts;
}
