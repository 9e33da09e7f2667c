import { setTimeout as wait } from 'node:timers/promises';
import type { Connection } from 'snowflake-sdk';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { connect, emulate, failure, run, running } from './protocol-support.js';

/** The driver waits between a second and three before it tries again: here always one, and that one is short. */
beforeEach(() => {
  vi.spyOn(Math, 'random').mockReturnValue(0);
  const { setTimeout: start } = globalThis;
  const hurried = (work: () => void, milliseconds?: number) =>
    start(work, milliseconds === 1000 ? 10 : milliseconds);
  vi.spyOn(globalThis, 'setTimeout').mockImplementation(hurried as typeof setTimeout);
});
afterEach(() => {
  vi.restoreAllMocks();
});

const statements = { path: '/queries/v1/query-request' };

describe('the driver tries again', () => {
  test('after 503, and the statement runs once', async () => {
    const { emulator, engine } = await emulate();
    const connection = await connect(emulator);
    emulator.fault({ kind: 'unavailable', match: statements });
    expect((await run(connection, 'select 1')).rows).toEqual([[1]]);
    expect(engine.executed).toHaveLength(1);
  });

  test('after a reset before anything was done', async () => {
    const { emulator, engine } = await emulate();
    const connection = await connect(emulator);
    emulator.fault({ kind: 'reset', match: { sql: 'SELECT 1' } });
    expect((await run(connection, 'select 1')).rows).toEqual([[1]]);
    expect(engine.executed).toHaveLength(1);
  });

  test('after a lost answer, and gets it without a second run', async () => {
    const { emulator, engine } = await emulate();
    const connection = await connect(emulator);
    emulator.fault({ kind: 'lost-answer', match: { sql: 'select 1' } });
    expect((await run(connection, 'select 1')).rows).toEqual([[1]]);
    expect(engine.executed).toHaveLength(1);
    expect(emulator.log.map(({ requests }) => requests)).toEqual([2]);
  });

  test('after silence', async () => {
    const { emulator, engine } = await emulate();
    const connection = await connect(emulator, { timeout: 500, sfRetryMaxLoginRetries: 5 });
    emulator.fault({ kind: 'hang', match: statements });
    expect((await run(connection, 'select 1')).rows).toEqual([[1]]);
    expect(engine.executed).toHaveLength(1);
  });
});

test('the driver does not try again what is refused by HTTP', async () => {
  const { emulator } = await emulate();
  const connection = await connect(emulator);
  emulator.fault({ kind: 'unavailable', status: 403, match: statements });
  const error = await failure(run(connection, 'select 1', { streamResult: true }));
  expect([error.name, error.code]).toEqual(['RequestFailedError', 401002]);
});

describe('a fault', () => {
  test('befalls the requests it matches, as often as it says, after those it spares', async () => {
    const { emulator } = await emulate();
    const connection = await connect(emulator);
    emulator.fault({
      kind: 'error',
      code: '000625',
      sqlState: '57014',
      message: 'Statement has locked out',
      match: { sql: 'select 1' },
      after: 1,
      times: 2,
    });
    const codes: unknown[] = [];
    for (let turn = 0; turn < 4; turn++) {
      codes.push(
        await run(connection, 'select 1').then(
          () => 'fine',
          ({ code }) => code,
        ),
      );
    }
    expect(codes).toEqual(['fine', '000625', '000625', 'fine']);
  });

  test('is asked for and taken back by HTTP', async () => {
    const { emulator, engine } = await emulate();
    const connection = await connect(emulator);
    const faults = `${emulator.url}/emulator/faults`;
    const fault = { kind: 'error', code: '000610', match: { sql: 'select' }, times: 5 };
    await fetch(faults, { method: 'POST', body: JSON.stringify(fault) });
    expect((await failure(run(connection, 'select 1'))).code).toBe('000610');
    expect(await (await fetch(faults)).json()).toEqual([{ ...fault, times: 4 }]);
    await fetch(faults, { method: 'DELETE' });
    await run(connection, 'select 1');
    expect(engine.executed).toHaveLength(1);
  });

  test('of no known kind is refused', async () => {
    const { emulator } = await emulate();
    const told = await fetch(`${emulator.url}/emulator/faults`, { method: 'POST', body: '{"kind":"flood"}' });
    expect([told.status, await told.json()]).toEqual([
      400,
      {
        message:
          'A fault\'s kind is one of unavailable, reset, lost-answer, hang, slow, token-expired, session-gone, error, not "flood".',
      },
    ]);
  });
});

describe('a statement made slow', () => {
  test('runs in the end', async () => {
    const { emulator, engine } = await emulate({}, { patience: 20 });
    const connection = await connect(emulator);
    emulator.fault({ kind: 'slow', milliseconds: 60, match: statements });
    const begun = performance.now();
    expect((await run(connection, 'select 1')).rows).toEqual([[1]]);
    expect(performance.now() - begun).toBeGreaterThan(55);
    expect(engine.executed).toHaveLength(1);
  });

  test('never reaches the engine if it is cancelled first', async () => {
    const { emulator, engine } = await emulate();
    const connection = await connect(emulator);
    emulator.fault({ kind: 'slow', milliseconds: 60_000, match: statements });
    const error = await failure(
      run(connection, 'select 1', {}, (statement) => {
        void running(emulator).then(() => statement.cancel());
      }),
    );
    expect([error.code, engine.executed.length]).toEqual(['000604', 0]);
  });
});

describe('a session', () => {
  test('whose token has expired is renewed, and goes on', async () => {
    const { emulator, engine } = await emulate();
    const connection = await connect(emulator);
    emulator.fault({ kind: 'token-expired', match: statements });
    expect((await run(connection, 'select 1')).rows).toEqual([[1]]);
    expect((await run(connection, 'select 1')).rows).toEqual([[1]]);
    expect(engine.opened).toHaveLength(1);
    expect(emulator.log.map(({ sessionId, requests }) => [sessionId, requests])).toEqual([
      [1, 1],
      [1, 1],
    ]);
  });

  test('is renewed while a statement is waited for', async () => {
    const { emulator } = await emulate(
      {
        slow: async () => {
          await wait(100);
          return { columns: [], rows: [], statementTypeId: 24_576 };
        },
      },
      { patience: 20 },
    );
    const connection = await connect(emulator);
    emulator.fault({ kind: 'token-expired', match: { path: '/result' }, after: 1 });
    expect((await run(connection, 'slow')).rows).toEqual([]);
    expect(emulator.log).toHaveLength(1);
  });

  test('ends when its master token has expired too', async () => {
    let now = Date.now();
    const { emulator } = await emulate({}, { now: () => now, tokenLives: { session: 10, master: 20 } });
    const connection = await connect(emulator);
    now += 15_000;
    await run(connection, 'select 1');
    now += 25_000;
    expect((await failure(run(connection, 'select 1', { streamResult: true }))).code).toBe(407002);
    expect(connection.isUp()).toBe(false);
  });

  test('that is gone makes the driver give up, and the engine roll back', async () => {
    const { emulator, engine } = await emulate();
    const connection = await connect(emulator);
    emulator.fault({ kind: 'session-gone', match: statements });
    const error = await failure(run(connection, 'select 1'));
    expect([error.name, error.code, error.isFatal]).toEqual(['ClientError', 407002, true]);
    expect([connection.isUp(), engine.closed, engine.executed.length]).toEqual([false, 1, 0]);
    expect((await run(await connect(emulator), 'select 1')).rows).toEqual([[1]]);
  });

  test('left behind by a client that was killed is ended by an administrator', async () => {
    const { emulator, engine } = await emulate();
    const connection = await connect(emulator);
    await fetch(`${emulator.url}/emulator/sessions`, { method: 'DELETE' });
    expect([emulator.sessions, engine.closed]).toEqual([[], 1]);
    expect((await failure(run(connection, 'select 1'))).code).toBe(407002);
  });

  test('ends with its connection, and rolls back', async () => {
    const { emulator, engine } = await emulate();
    const connection = await connect(emulator);
    expect(emulator.sessions).toEqual([{ id: 1, user: 'ANNA', isInTransaction: false }]);
    const listed = await (await fetch(`${emulator.url}/emulator/sessions`)).json();
    expect(listed).toMatchObject([{ id: 1, user: 'ANNA' }]);
    await new Promise<void>((ended) => connection.destroy(() => ended()));
    expect([emulator.sessions, engine.closed]).toEqual([[], 1]);
  });

  test('ends with what it still runs', async () => {
    const { emulator, engine } = await emulate({
      endless: ({ signal }) => new Promise((_, stop) => signal.addEventListener('abort', stop)),
    });
    const connection = await connect(emulator);
    const ended = failure(run(connection, 'endless', { streamResult: true }));
    await running(emulator);
    await new Promise<void>((ended) => connection.destroy(() => ended()));
    expect([emulator.log[0]?.state, engine.closed]).toEqual(['cancelled', 1]);
    expect((await ended).code).toBe('000604');
  });

  test('has a heartbeat', async () => {
    const { emulator } = await emulate();
    const connection = await connect(emulator);
    expect(await connection.isValidAsync()).toBe(true);
    emulator.fault({ kind: 'session-gone', match: { path: '/session/heartbeat' } });
    expect(await connection.isValidAsync()).toBe(false);
  });
});

test('an emulator that ends takes its sessions along', async () => {
  const { emulator, engine } = await emulate();
  const connection: Connection = await connect(emulator);
  await emulator.close();
  expect(engine.closed).toBe(1);
  await expect(fetch(emulator.url)).rejects.toThrow();
  expect(connection.isUp()).toBe(true);
});
