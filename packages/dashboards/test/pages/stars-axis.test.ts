import { expect, test } from 'vitest';
import { standsAlone, starsAxis } from '../../src/pages/parts/stars-axis.js';

test.each([
  [3.2, 3.9, 3, 4],
  [2.5, 4.5, 2, 5],
  [5, 5, 4, 5],
  [3, 3, 3, 4],
  [0.5, 0.5, 0, 1],
])('averages from %d to %d stand on an axis from %d to %d', (min, max, low, high) => {
  expect([starsAxis.min({ min }), starsAxis.max({ max })]).toEqual([low, high]);
});

test('a month between months without ratings is drawn as a dot', () => {
  const averages = [3, null, 4, null, 2, 3];
  expect(averages.map((_, place) => standsAlone(averages, place))).toEqual([
    true,
    false,
    true,
    false,
    false,
    false,
  ]);
});
