import type { Cube } from './cube.js';
import { Daily } from './daily.js';
import type { Days } from './days.js';
import { engagementLevels, levelPlaces } from './engagement-levels.js';
import { onceFor } from './once-for.js';

/** The stars that can be given. */
export const starSteps: readonly number[] = [0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4, 4.5, 5];

/**
 * How many ratings of so many stars were given.
 *
 * @param cube `cube_ratings`
 * @returns for each engagement level in its order, a number for each of {@link starSteps}
 */
export function ratingDistribution(cube: Cube, days: Days): readonly Float64Array[] {
  const daily = ratingsByLevelAndStep(cube);
  return engagementLevels.map((_, level) =>
    Float64Array.from(starSteps, (_, step) => daily.sum(level * starSteps.length + step, days)),
  );
}

const ratingsByLevelAndStep = onceFor((cube: Cube) => {
  const [stars, ratings] = [cube.numbers('rating'), cube.numbers('ratings')];
  const { codes, values } = cube.texts('engagement_level');
  const places = levelPlaces(values);
  return Daily.of(cube.days('rating_day'), engagementLevels.length * starSteps.length, (row, sums, at) => {
    const level = places[codes[row] as number] as number;
    const cell = at + level * starSteps.length + Math.round((stars[row] as number) * 2) - 1;
    sums[cell] = (sums[cell] as number) + (ratings[row] as number);
  });
});
