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
      const { unit, keys, places } = periodsOf(from, from + length);
      const of = (index: number) => (unit === 'day' ? from + index : monthOf(from + index));
      expect(keys).toEqual(Array.from({ length: keys.length }, (_, index) => of(0) + index));
      expect(Array.from(places, (place) => keys[place])).toEqual(Array.from(places, (_, index) => of(index)));
    }),
  );
});

it('up to 92 days are shown by days, more by months, none by nothing', () => {
  expect(periodsOf(0, 91).unit).toBe('day');
  expect(periodsOf(0, 92).unit).toBe('month');
  expect(periodsOf(1, 0)).toEqual({ unit: 'day', keys: [], places: new Int32Array() });
});
