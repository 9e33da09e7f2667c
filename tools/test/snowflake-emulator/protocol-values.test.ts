import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ResultColumn, ResultValue } from '../../src/snowflake-emulator/engine.js';
import { encodeValue } from '../../src/snowflake-emulator/protocol/values.js';
import { column, connect, emulate, failure, rows, run } from './protocol-support.js';

const NINES = '9'.repeat(38);
const NANOSECONDS = 1_000_000_000n;

/** What the driver makes of the values of one column; integers and decimals as text. */
async function driven(type: ResultColumn, values: readonly ResultValue[]): Promise<unknown[]> {
  const { emulator } = await emulate({
    'select v': () =>
      rows(
        [type],
        values.map((value) => [value]),
      ),
  });
  const connection = await connect(emulator, { representNullAsStringNull: false });
  const found = await run(connection, 'select v', { fetchAsString: ['Number'] });
  return found.rows.map(([value]) => value);
}

/** A timestamp of the driver: a date that also knows its seconds and nanoseconds. */
interface DriverDate extends Date {
  getEpochSeconds(): number;
  getNanoSeconds(): number;
}

const nanoseconds = (value: unknown): bigint => {
  const date = value as DriverDate;
  return BigInt(date.getEpochSeconds()) * NANOSECONDS + BigInt(date.getNanoSeconds());
};

describe('values reach the driver without loss', () => {
  test('integers of 38 digits', async () => {
    const values = [0n, -1n, 9_007_199_254_740_993n, BigInt(NINES), -BigInt(NINES)];
    expect(await driven(column('V', 'fixed', { precision: 38, scale: 0 }), [...values, 7, null])).toEqual([
      ...values.map(String),
      '7',
      null,
    ]);
  });

  test('decimals as they are written', async () => {
    const values = [
      '0.10',
      '-0.01',
      `${'9'.repeat(26)}.${'9'.repeat(12)}`,
      `-${'9'.repeat(26)}.${'9'.repeat(12)}`,
    ];
    expect(await driven(column('V', 'fixed', { precision: 38, scale: 12 }), values)).toEqual(values);
  });

  test('doubles to the last bit', async () => {
    const values = [
      0.1 + 0.2,
      -(0.1 + 0.2),
      1 / 3,
      5e-324,
      1.7976931348623157e308,
      -0,
      1e21,
      123456789.12345679,
    ];
    const found = await driven(column('V', 'real'), values);
    expect(found).toEqual([
      '0.30000000000000004',
      '-0.30000000000000004',
      '0.3333333333333333',
      '5e-324',
      '1.7976931348623157e+308',
      '-0',
      '1e+21',
      '123456789.12345679',
    ]);
    expect(found.map(Number)).toEqual(values);
  });

  test('doubles that are no numbers as their names', async () => {
    expect(await driven(column('V', 'real'), [Number.NaN, Infinity, -Infinity])).toEqual([
      'NaN',
      'inf',
      '-inf',
    ]);
  });

  test('text with quotes, line ends, other alphabets and nothing in it', async () => {
    const values = [
      '',
      ' ',
      'O\'Neil said "no"',
      'a\\b\tc\r\nd',
      'Amélie – 千と千尋 👩‍🚀',
      'null',
      'NULL',
      '\u2028\u0001',
    ];
    expect(await driven(column('V', 'text'), [...values, null])).toEqual([...values, null]);
  });

  test('booleans', async () => {
    expect(await driven(column('V', 'boolean'), [true, false, null])).toEqual([true, false, null]);
  });

  test('dates from the year 1 to 9999', async () => {
    const values = [
      '0001-01-01',
      '0099-12-31',
      '1582-10-10',
      '1969-12-31',
      '1970-01-01',
      '2024-02-29',
      '9999-12-31',
    ];
    const found = await driven(column('V', 'date'), [...values, null]);
    expect(found.at(-1)).toBeNull();
    expect(found.slice(0, -1).map((date) => (date as Date).toISOString().slice(0, 10))).toEqual(values);
  });

  test('timestamps to the nanosecond, before 1970 too', async () => {
    const values = [
      0n,
      1n,
      -1n,
      -1_500_000_000n,
      1_704_067_199_999_999_999n,
      -62_135_596_800n * NANOSECONDS,
      253_402_300_799_999_999_999n,
    ];
    for (const type of ['timestamp_ntz', 'timestamp_ltz', 'timestamp_tz'] as const) {
      const found = await driven(column('V', type, { scale: 9 }), [...values, null]);
      expect(found.at(-1)).toBeNull();
      expect(found.slice(0, -1).map(nanoseconds)).toEqual(values);
    }
  });

  test('times of day in the format of the session', async () => {
    const values = [0n, 86_399_000_000_000n, 45_296_000_000_000n];
    expect(await driven(column('V', 'time', { scale: 0 }), values)).toEqual([
      '00:00:00',
      '23:59:59',
      '12:34:56',
    ]);
  });

  test('binary and JSON', async () => {
    const [bytes] = await driven(column('V', 'binary'), ['00ff10']);
    expect([...(bytes as Buffer)]).toEqual([0, 255, 16]);
    expect(await driven(column('V', 'variant'), ['{"a":[1,null,"x"]}', '"text"', null])).toEqual([
      { a: [1, null, 'x'] },
      'text',
      null,
    ]);
  });

  test('whatever the timestamp', async () => {
    const any = fc.bigInt({ min: -62_135_596_800n * NANOSECONDS, max: 253_402_300_799_999_999_999n });
    const values = fc.sample(any, 500);
    const found = await driven(column('V', 'timestamp_ntz', { scale: 9 }), values);
    expect(found.map(nanoseconds)).toEqual(values);
  });

  test('whatever the double', async () => {
    const values = fc.sample(fc.double({ noNaN: true, noDefaultInfinity: true }), 500);
    expect((await driven(column('V', 'real'), values)).map(Number)).toEqual(values);
  });
});

test('columns say what they are', async () => {
  const columns = [
    column('ID', 'fixed', { precision: 12, scale: 2, nullable: false }),
    column('name', 'text', { length: 30 }),
    column('AT', 'timestamp_ntz', { scale: 6 }),
  ];
  const { emulator } = await emulate({ 'select c': () => rows(columns, []) });
  const { statement } = await run(await connect(emulator), 'select c');
  const found = statement
    .getColumns()
    ?.map((one) => [one.getName(), one.getType(), one.getPrecision(), one.getScale(), one.isNullable()]);
  expect(found).toEqual([
    ['ID', 'fixed', 12, 2, false],
    ['name', 'text', null, null, true],
    ['AT', 'timestamp_ntz', 0, 6, true],
  ]);
});

test('doubles may come rounded, as accounts have sent them', async () => {
  const { emulator } = await emulate(
    { 'select v': () => rows([column('V', 'real')], [[0.1 + 0.2], [1 / 3]]) },
    { realDigits: 10 },
  );
  expect((await run(await connect(emulator), 'select v')).rows).toEqual([[0.3], [0.3333333333]]);
});

describe('a fraction finer than its column', () => {
  test.each([
    [1_999_999_999n, 3, '1.999'],
    [-1n, 0, '-1'],
    [-1n, 3, '-0.001'],
    [-1_000_000_000n, 0, '-1'],
  ])('of %s is cut off towards the past', (value, scale, text) => {
    expect(encodeValue(column('AT', 'timestamp_ntz', { scale }), value)).toBe(text);
  });
});

test('a value that does not fit its column is a fault that is told', async () => {
  const { emulator } = await emulate({ 'select v': () => rows([column('V', 'date')], [['2023-02-29']]) });
  const error = await failure(run(await connect(emulator), 'select v'));
  expect(error.code).toBe('300002');
  expect(error.message).toContain('The engine gave string 2023-02-29 for column V, which is date');
});
