import { describe, expect, it } from 'vitest';
import type { StatementError, WarehouseValue } from '../../src/index.js';
import { openMemory, openSession } from '../support/lab.js';

const open = async () => openSession(await openMemory());

/** The error that a promise ends with. */
async function failureOf(promise: Promise<unknown>): Promise<StatementError> {
  return promise.then(
    () => expect.fail('It did not fail.'),
    (error: StatementError) => error,
  );
}

describe('a value', () => {
  it.each<[string, WarehouseValue]>([
    ['42::bigint', 42],
    ['9007199254740991', 2 ** 53 - 1],
    ['9007199254740993', 9007199254740993n],
    ['-9007199254740993', -9007199254740993n],
    ['170141183460469231731687303715884105727::hugeint', 170141183460469231731687303715884105727n],
    ['sum(7)', 7],
    ['1.25::decimal(10, 2)', 1.25],
    ['0.1::double', 0.1],
    ["'nan'::double", Number.NaN],
    ["'Amélie 🎬'", 'Amélie 🎬'],
    ["'a'::enum('a', 'b')", 'a'],
    ["date '2024-02-29'", '2024-02-29'],
    ["timestamp '2024-02-29 12:30:00'", '2024-02-29 12:30:00'],
    ["timestamp '2024-02-29 12:30:00.123456'", '2024-02-29 12:30:00.123456'],
    ["timestamp '1969-12-31 23:59:59'", '1969-12-31 23:59:59'],
    ["time '10:20:30'", '10:20:30'],
    ["'0f8fad5b-d9cb-469f-a165-70867728950e'::uuid", '0f8fad5b-d9cb-469f-a165-70867728950e'],
    ['true', true],
    ['null', null],
    ["'\\xAA\\x00'::blob", '\\xAA\\x00'],
    ['[1, 2]', '[1, 2]'],
    ["{'a': 1}", "{'a': 1}"],
  ])('%s is handed out plainly', async (sql, value) => {
    const session = await open();
    expect(await session.query(`select ${sql} as value`)).toEqual([{ value }]);
  });

  it('of a zoned timestamp is told in UTC', async () => {
    const session = await open();
    const [row] = await session.query(
      `select timestamptz '2024-02-29 12:00:00+02' as t, cast(timestamptz '2024-02-29 12:00:00+02' as varchar) as v`,
    );
    expect(row?.v).toBe('2024-02-29 10:00:00+00');
    expect(String(row?.t)).toMatch(/^2024-02-29 10:00:00/);
  });
});

describe('a session', () => {
  it('runs its statements one after the other, also when they are not awaited', async () => {
    const session = await open();
    const order = await Promise.all([
      session.execute('create table t (n integer)'),
      session.execute('insert into t select range from range(3)'),
      session.query('select count(*) as n from t'),
    ]);
    expect(order).toEqual([expect.anything(), 3, [{ n: 3 }]]);
  });

  it('describes a query without running it', async () => {
    const session = await open();
    const columns = await session.describe(`select 1 as a, error('never')::varchar as "B c", 1.5 as d`);
    expect(columns).toEqual([
      { name: 'a', type: 'INTEGER' },
      { name: 'B c', type: 'VARCHAR' },
      { name: 'd', type: 'DECIMAL(2,1)' },
    ]);
  });

  it('rolls a transaction back when its work fails, and goes on', async () => {
    const session = await open();
    await session.execute('create table t (n integer)');
    const work = session.transaction(async () => {
      await session.execute('insert into t values (1)');
      throw new Error('not after all');
    });
    await expect(work).rejects.toThrow('not after all');
    const kept = await session.transaction(() => session.execute('insert into t values (2)'));
    expect([kept, await session.query('select n from t')]).toEqual([1, [{ n: 2 }]]);
  });

  it('takes an interruption while nothing runs for nothing', async () => {
    const session = await open();
    session.interrupt();
    expect(await session.query('select 1 as n')).toEqual([{ n: 1 }]);
  });
});

describe('an error', () => {
  it.each([
    ['select from where', 'STATEMENT_FAILED', 'syntax error at or near "where"', 12],
    ['select * from nowhere', 'STATEMENT_FAILED', 'Table with name nowhere does not exist!', 14],
    ["select 'ü🎬', nope", 'STATEMENT_FAILED', 'Referenced column "nope" was not found', 14],
    [
      "select cast('x' || range as int) from range(1)",
      'STATEMENT_FAILED',
      "Could not convert string 'x0' to INT32",
      7,
    ],
    [
      'select 9223372036854775807 + range from range(2)',
      'STATEMENT_FAILED',
      'Overflow in addition',
      undefined,
    ],
  ])('of %j has a code, a message without JSON, and its place', async (sql, code, message, position) => {
    const session = await open();
    const error = await failureOf(session.query(sql));
    expect(error).toMatchObject({ name: 'StatementError', code, position });
    expect(error.message).toContain(message);
    expect(error.message).not.toMatch(/exception_|LINE 1/);
    expect(await session.query('select 1 as n')).toEqual([{ n: 1 }]);
  });

  it('of an interruption is told as such', async () => {
    const session = await open();
    const endless = session.query(
      'select count(*) from range(10000000) a, range(1000000) b where (a.range * b.range) % 7 = 3',
    );
    setTimeout(() => session.interrupt(), 50);
    expect(await failureOf(endless)).toMatchObject({ code: 'STATEMENT_INTERRUPTED' });
    expect(await session.query('select 1 as n')).toEqual([{ n: 1 }]);
  });

  it('of too little memory says what to do', async () => {
    const session = await open();
    await session.execute("set memory_limit = '20MB'");
    await session.execute("set temp_directory = ''");
    const error = await failureOf(
      session.query('select count(distinct range::varchar || 1) as n from range(3000000)'),
    );
    expect(error).toMatchObject({
      code: 'WAREHOUSE_MEMORY',
      hint: 'Raise the memory limit, or lower --threads.',
    });
  });
});
