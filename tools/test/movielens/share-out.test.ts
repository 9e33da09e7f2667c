import fc from 'fast-check';
import { expect, test } from 'vitest';
import { shareOut } from '../../src/movielens/share-out.js';

test('sharing out gives exactly the total, within floor and caps', () => {
  const sharers = fc.array(
    fc.record({
      weight: fc.double({ min: 1e-6, max: 1e6, noNaN: true }),
      cap: fc.integer({ min: 2, max: 500 }),
    }),
    { minLength: 1, maxLength: 60 },
  );
  fc.assert(
    fc.property(sharers, fc.nat(2), fc.double({ min: 0, max: 1, noNaN: true }), (all, floor, fullness) => {
      const caps = Int32Array.from(all, ({ cap }) => cap);
      const most = caps.reduce((sum, cap) => sum + cap, 0);
      const total = floor * all.length + Math.floor(fullness * (most - floor * all.length));
      const shares = shareOut(
        total,
        Float64Array.from(all, ({ weight }) => weight),
        { floor, caps },
      );
      expect(shares.reduce((sum, share) => sum + share, 0)).toBe(total);
      expect(shares.every((share, i) => share >= floor && share <= caps[i]!)).toBe(true);
    }),
  );
});

test('sharing out more than the caps take is an error', () => {
  const limits = { floor: 0, caps: Int32Array.of(2, 3) };
  expect(() => shareOut(6, Float64Array.of(1, 1), limits)).toThrow('without a taker');
});
