import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  availableMovies,
  FIRST_SECOND,
  FIRST_YEAR,
  LAST_SECOND,
  LAST_YEAR,
  startAt,
  yearAdded,
  yearOf,
} from '../../src/movielens/calendar.js';

describe('the calendar', () => {
  const position = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

  test('starts lie within the years and follow the order of positions', () => {
    fc.assert(
      fc.property(position, position, (a, b) => {
        const [first, second] = [startAt(Math.min(a, b)), startAt(Math.max(a, b))];
        expect(first).toBeGreaterThanOrEqual(FIRST_SECOND);
        expect(second).toBeLessThan(LAST_SECOND);
        expect(first).toBeLessThanOrEqual(second);
        expect(yearOf(first)).toBe(new Date(first * 1_000).getUTCFullYear());
      }),
    );
  });

  test('a movie is available from the year in which it is added', () => {
    for (const movies of [67, 9_700]) {
      for (let index = 0; index < movies; index += 13) {
        const year = yearAdded(index, movies);
        expect(index).toBeLessThan(availableMovies(year, movies));
        if (year > FIRST_YEAR) expect(index).toBeGreaterThanOrEqual(availableMovies(year - 1, movies));
      }
      expect(availableMovies(LAST_YEAR, movies)).toBe(movies);
    }
  });
});
