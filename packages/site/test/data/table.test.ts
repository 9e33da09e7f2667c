import { expect, test } from 'vitest';
import { NO_DAY, toTable } from '../../src/browser/data/table.js';

const columns = [
  { name: 'n', type: 'int', description: '' },
  { name: 'd', type: 'date', description: '' },
  { name: 't', type: 'text', description: '' },
  { name: 'b', type: 'boolean', description: '' },
] as const;
const chunks: Record<string, readonly ArrayLike<unknown>[]> = {
  n: [Int32Array.of(1, 2), [null]],
  d: [[10, null], [12]],
  t: [['b', 'a'], [null]],
  b: [[true, false, null]],
};
const table = toTable('x', 3, columns, (column) => chunks[column] ?? []);

test('columns come as typed arrays, whatever stretches they were read in', () => {
  expect([...table.numbers('n')]).toEqual([1, 2, Number.NaN]);
  expect([...table.days('d')]).toEqual([10, NO_DAY, 12]);
  expect([...table.numbers('b')]).toEqual([1, 0, Number.NaN]);
  expect({ ...table.texts('t'), codes: [...table.texts('t').codes] }).toEqual({
    values: ['a', 'b'],
    codes: [1, 0, -1],
  });
});

test('a column that is not there, or of another kind, is named', () => {
  expect(() => table.numbers('z')).toThrow('The table x has no column z.');
  expect(() => table.numbers('t')).toThrow('The column t of x is of kind text: numbers() does not read it.');
});
