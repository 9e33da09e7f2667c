import { describe, expect, test } from 'vitest';
import { SnowflakeError } from '../../src/snowflake-emulator/engine.js';
import { column, connect, driver, emulate, failure, rows, run } from './protocol-support.js';

const ID = column('ID', 'fixed', { precision: 38, scale: 0 });
const TEXT = column('TEXT', 'text');

describe('results in chunks', () => {
  const many = Array.from({ length: 1000 }, (_, index) => [BigInt(index), `row "${index}", né`] as const);
  const expected = many.map(([id, text]) => [Number(id), text]);

  test.each(['qrmk', 'chunkHeaders'] as const)('are fetched with the key named by %s', async (key) => {
    const { emulator } = await emulate(
      { 'select many': () => rows([ID, TEXT], many) },
      { chunkSizes: { inline: 1_000, chunk: 4_000, key } },
    );
    const found = await run(await connect(emulator), 'select many');
    expect(found.rows).toEqual(expected);
    expect(found.statement.getNumRows()).toBe(1000);
  });

  test('may come without a row in the answer itself', async () => {
    const { emulator } = await emulate(
      { 'select many': () => rows([ID, TEXT], many) },
      { chunkSizes: { inline: 0, chunk: 1, key: 'qrmk' } },
    );
    const found = await run(await connect(emulator), 'select many', { streamResult: true });
    const streamed: unknown[] = [];
    for await (const row of found.statement.streamRows({ start: 0, end: 20 })) streamed.push(row);
    expect(streamed).toEqual(expected.slice(0, 21));
  });

  test('are kept from whoever has no key', async () => {
    const { emulator } = await emulate(
      { 'select many': () => rows([ID, TEXT], many) },
      { chunkSizes: { inline: 0, chunk: 4_000, key: 'qrmk' } },
    );
    await run(await connect(emulator), 'select many');
    const path = `/chunks/${emulator.log[0]?.queryId}`;
    expect((await fetch(`${emulator.url}${path}/0`)).status).toBe(403);
    expect((await fetch(`${emulator.url}${path}/1000`)).status).toBe(404);
  });
});

test('an empty result has columns and no rows', async () => {
  const { emulator } = await emulate({ 'select none': () => rows([ID, TEXT], []) });
  const found = await run(await connect(emulator), 'select none');
  expect(found.rows).toEqual([]);
  expect(found.statement.getColumns()?.map((one) => one.getName())).toEqual(['ID', 'TEXT']);
});

test('a statement that is only described has columns, and is not asked for rows', async () => {
  const { emulator, engine } = await emulate({ 'select many': () => rows([ID, TEXT], [[1n, 'a']]) });
  const found = await run(await connect(emulator), 'select many', { describeOnly: true });
  expect(found.rows).toEqual([]);
  expect(found.statement.getColumns()?.map((one) => one.getName())).toEqual(['ID', 'TEXT']);
  expect(engine.executed[0]?.describeOnly).toBe(true);
  expect(emulator.log[0]?.describeOnly).toBe(true);
});

test('DML answers with a row of counts, which the driver adds up', async () => {
  const counts = [column('number of rows inserted', 'fixed'), column('number of rows updated', 'fixed')];
  const { emulator } = await emulate({
    'merge into t': () => ({ columns: counts, rows: [[3n, 4n]], statementTypeId: 13_312 }),
  });
  const found = await run(await connect(emulator), 'merge into t');
  expect(found.rows).toEqual([[3, 4]]);
  expect(found.statement.getNumUpdatedRows()).toBe(7);
});

describe('bound values', () => {
  test('come with the type the driver gives them', async () => {
    const { emulator, engine } = await emulate({ 'select ?': () => rows([ID], []) });
    const binds = [1, 1.5, 'text', true, null, '2024-01-01'];
    await run(await connect(emulator), 'select ?', { binds });
    expect(engine.executed[0]?.binds).toEqual([
      { type: 'FIXED', value: '1' },
      { type: 'REAL', value: '1.5' },
      { type: 'TEXT', value: 'text' },
      { type: 'BOOLEAN', value: 'true' },
      { type: 'TEXT', value: null },
      { type: 'TEXT', value: '2024-01-01' },
    ]);
  });

  test('come in arrays, typed by their first row', async () => {
    const { emulator, engine } = await emulate({ 'insert ?': () => rows([ID], []) });
    const binds = [
      [1, null],
      [2.5, 'b'],
    ];
    await run(await connect(emulator), 'insert ?', { binds });
    expect(engine.executed[0]?.binds).toEqual([
      { type: 'FIXED', value: ['1', '2.5'] },
      { type: 'TEXT', value: [null, 'b'] },
    ]);
  });

  test('that the driver would put into a stage come inline after all', async () => {
    const { emulator, engine } = await emulate({ 'insert ?': () => rows([ID], []) });
    const connection = await connect(emulator, { arrayBindingThreshold: 3 } as object);
    await run(connection, 'insert ?', { binds: [[1], [2], [3], [4]] });
    expect(engine.executed.map(({ sql, binds }) => [sql, binds])).toEqual([
      ['insert ?', [{ type: 'FIXED', value: ['1', '2', '3', '4'] }]],
    ]);
    expect(emulator.log.map(({ sql, state }) => [sql.slice(0, 43), state])).toEqual([
      ['CREATE OR REPLACE TEMPORARY STAGE SYSTEM$BI', 'failed'],
      ['insert ?', 'succeeded'],
    ]);
  });
});

describe('the log of statements', () => {
  test('has the query tag, session and outcome of each', async () => {
    const { emulator, engine } = await emulate();
    const [first, second] = [await connect(emulator), await connect(emulator)];
    await run(first, 'select 1', { parameters: { query_tag: '{"node":"a"}' } });
    await run(second, 'select 1');
    await failure(run(first, 'select nonsense', { parameters: { QUERY_TAG: 'b' } }));
    const found = emulator.log.map(({ sql, queryTag, sessionId, state, code, user }) => [
      sql,
      queryTag,
      sessionId,
      state,
      code,
      user,
    ]);
    expect(found).toEqual([
      ['select 1', '{"node":"a"}', 1, 'succeeded', null, 'ANNA'],
      ['select 1', null, 2, 'succeeded', null, 'ANNA'],
      ['select nonsense', 'b', 1, 'failed', '001003', 'ANNA'],
    ]);
    expect(engine.executed[0]?.parameters).toEqual({ QUERY_TAG: '{"node":"a"}' });
    expect(await (await fetch(`${emulator.url}/emulator/log`)).json()).toEqual(emulator.log);
  });

  test('is emptied on demand', async () => {
    const { emulator } = await emulate();
    await run(await connect(emulator), 'select 1');
    await fetch(`${emulator.url}/emulator/log`, { method: 'DELETE' });
    expect(emulator.log).toEqual([]);
  });
});

describe('an error', () => {
  test('has its code, state, place and query', async () => {
    const { emulator } = await emulate();
    const error = await failure(run(await connect(emulator), 'select nonsense'));
    expect([error.name, error.code, error.sqlState, error.message]).toEqual([
      'OperationFailedError',
      '001003',
      '42000',
      'syntax error: select nonsense',
    ]);
    expect(error.data).toMatchObject({
      line: 1,
      pos: 7,
      type: 'COMPILATION',
      queryId: emulator.log[0]?.queryId,
    });
  });

  test('without a place says so', async () => {
    const { emulator } = await emulate({
      'merge into t': () => {
        throw new SnowflakeError('100090', '42P18', 'Duplicate row detected during DML action');
      },
    });
    const error = await failure(run(await connect(emulator), 'merge into t'));
    expect([error.code, error.sqlState]).toEqual(['100090', '42P18']);
    expect(error.data).toMatchObject({ line: -1, pos: -1, type: 'EXECUTION' });
  });

  test('of the engine itself is not taken for one of Snowflake', async () => {
    const { emulator } = await emulate({
      broken: () => {
        throw new RangeError('no such index');
      },
    });
    const error = await failure(run(await connect(emulator), 'broken'));
    expect(error.code).toBe('300002');
    expect(error.message).toContain('The emulator failed: RangeError: no such index');
  });
});

test('a request that is none is told what it lacks', async () => {
  const { emulator } = await emulate();
  await driver();
  const unknown = await fetch(`${emulator.url}/queries/v2/query-request`, { method: 'POST' });
  expect([unknown.status, await unknown.json()]).toEqual([
    404,
    { message: 'The emulator has nothing at POST /queries/v2/query-request.' },
  ]);
});
