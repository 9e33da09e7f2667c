import { expect, test } from 'vitest';
import { toCsv } from '../../src/browser/parts/csv.js';
import { sortRows } from '../../src/browser/parts/sort-rows.js';

test('CSV quotes what needs it, and no text is a formula', () => {
  expect(
    toCsv(
      ['a', 'b'],
      [
        ['x,"y"', 1.5],
        ['=1+1', null],
        ['two\nlines', -3],
        ['', Number.NaN],
      ],
    ),
  ).toBe('a,b\r\n"x,""y""",1.5\r\n\'=1+1,\r\n"two\nlines",-3\r\n,\r\n');
});

test('rows are sorted by number and by name, what is missing last either way', () => {
  const rows = [
    ['item 10', 3],
    ['item 9', null],
    ['Item 1', 20],
  ] as const;
  expect(sortRows(rows, 0, false).map(([name]) => name)).toEqual(['Item 1', 'item 9', 'item 10']);
  expect(sortRows(rows, 1, false).map(([, value]) => value)).toEqual([3, 20, null]);
  expect(sortRows(rows, 1, true).map(([, value]) => value)).toEqual([20, 3, null]);
});
