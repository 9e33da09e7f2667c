import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { differenceOf, type WarehouseRow } from '../../src/index.js';

const rows = fc.array(
  fc.record({
    a: fc.oneof(fc.integer({ min: 0, max: 2 }), fc.constant(null)),
    b: fc.constantFrom('x', 'null', '1'),
  }),
  { maxLength: 8 },
);

describe('the difference of two lists of rows', () => {
  it('is none whatever their order and that of their columns', () => {
    fc.assert(
      fc.property(rows, (list) => {
        const turned = list.map(({ a, b }) => ({ b, a })).reverse();
        expect(differenceOf(list, turned)).toBeUndefined();
      }),
    );
  });

  it('is what only one side has, rows counted as often as they come', () => {
    fc.assert(
      fc.property(rows, rows, rows, (both, missing, unexpected) => {
        const difference = differenceOf([...both, ...unexpected], [...missing, ...both]);
        const count = (list: readonly WarehouseRow[], row: WarehouseRow) =>
          list.filter((other) => other.a === row.a && other.b === row.b).length;
        for (const row of [...missing, ...unexpected]) {
          const surplus = count(missing, row) - count(unexpected, row);
          expect(count(difference?.missing ?? [], row)).toBe(Math.max(surplus, 0));
          expect(count(difference?.unexpected ?? [], row)).toBe(Math.max(-surplus, 0));
        }
      }),
    );
  });

  it('tells null from the text, and leaves out a row that comes once too often', () => {
    expect(differenceOf([{ a: null }], [{ a: 'null' }])).toEqual({
      missing: [{ a: 'null' }],
      unexpected: [{ a: null }],
    });
    expect(differenceOf([{ a: 1 }, { a: 1 }], [{ a: 1 }])).toEqual({ missing: [], unexpected: [{ a: 1 }] });
  });

  it('takes doubles as the same within ten digits, and ints and bigints by their value', () => {
    expect(differenceOf([{ a: 0.1 + 0.2 }], [{ a: 0.3 }])).toBeUndefined();
    expect(differenceOf([{ a: 0.123456789 }], [{ a: 0.123456788 }])).toBeDefined();
    expect(differenceOf([{ a: 9007199254740993n }], [{ a: 9007199254740993n }])).toBeUndefined();
    expect(differenceOf([{ a: 9007199254740993n }], [{ a: 9007199254740992 }])).toBeDefined();
  });
});
