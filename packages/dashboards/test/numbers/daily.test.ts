import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Daily } from '../../src/numbers/daily.js';

const row = fc.record({
  day: fc.integer({ min: -30, max: 30 }),
  cell: fc.nat({ max: 2 }),
  halves: fc.nat({ max: 1000 }),
});
const day = fc.integer({ min: -50, max: 50 });

it('the sum over a range is that of the rows whose day lies in it', () => {
  fc.assert(
    fc.property(fc.array(row), day, day, fc.nat({ max: 2 }), (rows, from, to, cell) => {
      const daily = Daily.of(
        Int32Array.from(rows, (one) => one.day),
        3,
        (index, sums, at) => {
          const one = rows[index] as (typeof rows)[number];
          sums[at + one.cell] = (sums[at + one.cell] ?? 0) + one.halves / 2;
        },
      );
      const inRange = rows.filter((one) => one.cell === cell && one.day >= from && one.day <= to);
      expect(daily.sum(cell, { from, to })).toBe(inRange.reduce((sum, { halves }) => sum + halves / 2, 0));
    }),
  );
});

it('rows that are not named do not count', () => {
  const days = Int32Array.of(5, 6, 7);
  const add = (_: number, sums: Float64Array, at: number) => {
    sums[at] = (sums[at] ?? 0) + 1;
  };
  expect(Daily.of(days, 1, add, Int32Array.of(0, 2)).sum(0, { from: 5, to: 7 })).toBe(2);
  expect(Daily.of(days, 1, add, new Int32Array()).sum(0, { from: 5, to: 7 })).toBe(0);
});
