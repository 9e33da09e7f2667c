import { cubeRatings } from '@matinee/models-audience';
import { expect, it } from 'vitest';
import { engagementLevels, levelPlaces } from '../../src/numbers/engagement-levels.js';

it('the engagement levels are those that the cube accepts, in the same order', () => {
  expect(engagementLevels).toEqual(cubeRatings.columns.engagement_level.values);
});

it('a level that the dashboards do not know is refused by name', () => {
  expect(() => levelPlaces(['Low-Engagement', 'Asleep'])).toThrow('Asleep');
});
