import fc from 'fast-check';
import { expect, it } from 'vitest';
import { monthOf, periodsOf } from '../../src/numbers/calendar.js';

const day = fc.integer({ min: -40_000, max: 40_000 });

it('a month has as many days as the calendar says', () => {
  const february2012 = Date.UTC(2012, 1, 1) / 86_400_000;
  const days = Array.from({ length: 31 }, (_, index) => monthOf(february2012 + index));
  expect(days.filter((month) => month === 2012 * 12 + 1)).toHaveLength(29);
});

it('periods are without gaps, and each day of a range belongs to the one it lies in', () => {
  fc.assert(
    fc.property(day, fc.nat({ max: 4000 }), (from, length) => {
      const to = from + length;
      const { unit, keys, starts } = periodsOf(from, to);
      const of = (day: number) => (unit === 'day' ? day : monthOf(day));
      expect(keys).toEqual(Array.from({ length: keys.length }, (_, index) => of(from) + index));
      expect(keys.at(-1)).toBe(of(to));
      expect(starts.map(of)).toEqual(keys);
      expect(starts[0]).toBe(from);
      // the day before belongs to another
      expect(starts.slice(1).filter((day, index) => of(day - 1) !== keys[index])).toEqual([]);
    }),
  );
});

it('up to 92 days are shown by days, more by months, none by nothing', () => {
  expect(periodsOf(0, 91).unit).toBe('day');
  expect(periodsOf(0, 92).unit).toBe('month');
  expect(periodsOf(1, 0)).toEqual({ unit: 'day', keys: [], starts: [] });
});
