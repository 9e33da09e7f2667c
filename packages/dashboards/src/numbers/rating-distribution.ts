import type { Cube } from './cube.js';
import type { Days } from './days.js';
import { engagementLevels, levelPlaces } from './engagement-levels.js';

/** The stars that can be given. */
export const starSteps: readonly number[] = [0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4, 4.5, 5];

/**
 * How many ratings of so many stars were given.
 *
 * @param cube `cube_ratings`
 * @returns for each engagement level in its order, a number for each of {@link starSteps}
 */
export function ratingDistribution(cube: Cube, { from, to }: Days): readonly Float64Array[] {
  const [days, stars, ratings] = [cube.days('rating_day'), cube.numbers('rating'), cube.numbers('ratings')];
  const { codes, values } = cube.texts('engagement_level');
  const places = levelPlaces(values);
  const counts = engagementLevels.map(() => new Float64Array(starSteps.length));
  for (let row = 0; row < cube.rows; row++) {
    const day = days[row] as number;
    if (day < from || day > to) continue;
    const level = counts[places[codes[row] as number] as number] as Float64Array;
    const step = Math.round((stars[row] as number) * 2) - 1;
    level[step] = (level[step] as number) + (ratings[row] as number);
  }
  return counts;
}
