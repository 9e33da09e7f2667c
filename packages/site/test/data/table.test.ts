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

test('what is written small is read as it was: texts of a list by their places, halves as twice the number', () => {
  const written = toTable(
    'y',
    3,
    [
      { name: 't', type: 'text', description: '', values: ['a', 'b'] },
      { name: 'h', type: 'double', description: '', halved: true },
    ],
    (column) => (column === 't' ? [[1, null, 0]] : [[7, null, -3]]),
  );
  expect([...written.texts('t').codes]).toEqual([1, -1, 0]);
  expect(written.texts('t').values).toEqual(['a', 'b']);
  expect([...written.numbers('h')]).toEqual([3.5, Number.NaN, -1.5]);
});
