import { expect, it } from 'vitest';
import { columnName, columnType } from '../../../src/adapters/snowflake/column-type.js';
import { type DataType, fits } from '../../../src/index.js';

it.each<[string, number, number, string, DataType]>([
  ['fixed', 38, 0, 'NUMBER(38, 0)', 'int'],
  ['FIXED', 10, 2, 'NUMBER(10, 2)', 'double'],
  ['real', 0, 0, 'DOUBLE', 'double'],
  ['text', 0, 0, 'VARCHAR', 'text'],
  ['boolean', 0, 0, 'BOOLEAN', 'boolean'],
  ['date', 0, 0, 'DATE', 'date'],
  ['timestamp_ntz', 0, 9, 'TIMESTAMP_NTZ(9)', 'timestamp'],
])('a column of type %s (%i, %i) is %s, which fits %4$s', (type, precision, scale, written, contract) => {
  const column = { getType: () => type, getPrecision: () => precision, getScale: () => scale };
  expect(columnType(column)).toBe(written);
  expect(fits(columnType(column), contract)).toBe(true);
});

it('a zoned timestamp fits no contract', () => {
  const column = { getType: () => 'timestamp_tz', getPrecision: () => 0, getScale: () => 9 };
  expect(columnType(column)).toBe('TIMESTAMP_TZ(9)');
  expect(fits('TIMESTAMP_TZ(9)', 'timestamp')).toBe(false);
});

it('a column is called as the project writes it, unless it was quoted into another name', () => {
  expect(['MOVIE_ID', 'Movie', 'movie_id'].map(columnName)).toEqual(['movie_id', 'Movie', 'movie_id']);
});
