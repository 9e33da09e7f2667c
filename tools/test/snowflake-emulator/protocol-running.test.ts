import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import type { Answering } from './protocol-support.js';
import { connect, emulate, failure, gate, one, PATIENTLY, run, running } from './protocol-support.js';

/** Runs until it is given up. */
const endless: Answering = ({ signal }) =>
  new Promise((_, stop) => {
    if (signal.aborted) stop(signal.reason);
    signal.addEventListener('abort', () => stop(new Error('interrupted')), { once: true });
  });

const after =
  (milliseconds: number): Answering =>
  (request, session) =>
    wait(milliseconds).then(() => one(request, session));

describe('a statement that takes long', () => {
  test('is asked for again until it has ended', async () => {
    const { emulator, engine } = await emulate({ slow: after(120) }, { patience: 25 });
    const { rows } = await run(await connect(emulator), 'slow');
    expect(rows).toEqual([[1]]);
    expect(engine.executed).toHaveLength(1);
  });

  test('fails when it fails', async () => {
    const failing: Answering = async () => {
      await wait(60);
      throw new Error('late');
    };
    const { emulator } = await emulate({ failing }, { patience: 10 });
    const error = await failure(run(await connect(emulator), 'failing'));
    expect([error.code, error.sqlState]).toEqual(['300002', 'XX000']);
  });

  test('may be left alone and asked for later', async () => {
    const held = gate();
    const slow: Answering = (request, session) => held.opened.then(() => one(request, session));
    const { emulator } = await emulate({ slow });
    const connection = await connect(emulator);
    const { statement } = await run(connection, 'slow', { asyncExec: true });
    const queryId = statement.getQueryId();
    expect(await connection.getQueryStatus(queryId)).toBe('RUNNING');
    held.open();
    const rows = await new Promise((found, refuse) => {
      connection
        .getResultsFromQueryId({
          sqlText: '',
          queryId,
          complete: (error, _, result) => (error ? refuse(error) : found(result)),
        })
        .catch(refuse);
    });
    expect(rows).toEqual([[1]]);
    expect(await connection.getQueryStatus(queryId)).toBe('SUCCESS');
  });

  test('ends at the limit of the session', async () => {
    const { emulator } = await emulate({ endless });
    const connection = await connect(emulator);
    const error = await failure(
      run(connection, 'endless', { parameters: { STATEMENT_TIMEOUT_IN_SECONDS: 0.05 } }),
    );
    expect([error.code, error.sqlState, error.message]).toEqual([
      '000630',
      '57014',
      'Statement reached its statement or warehouse timeout of 0.05 second(s) and was canceled.',
    ]);
  });
});

describe('the statements of a session', () => {
  test('run one after the other, those of another beside them', async () => {
    const entered: string[] = [];
    const held = gate();
    const first: Answering = async (request, session) => {
      entered.push(request.sql);
      await held.opened;
      return one(request, session);
    };
    const next: Answering = (request, session) => {
      entered.push(request.sql);
      return one(request, session);
    };
    const { emulator } = await emulate({ first, second: next, other: next });
    const [a, b] = [await connect(emulator), await connect(emulator)];
    const running = [run(a, 'first'), run(a, 'second')];
    await expect.poll(() => emulator.log.length, PATIENTLY).toBe(2);
    await run(b, 'other');
    expect(entered).toEqual(['first', 'other']);
    expect(emulator.log.map(({ state }) => state)).toEqual(['running', 'queued', 'succeeded']);
    held.open();
    await Promise.all(running);
    expect(entered).toEqual(['first', 'other', 'second']);
  });
});

describe('a request that is sent again', () => {
  test('gets the first answer, and nothing runs twice', async () => {
    const { emulator, engine } = await emulate();
    const connection = await connect(emulator);
    const requestId = randomUUID();
    const [first, second] = [
      await run(connection, 'select 1', { requestId }),
      await run(connection, 'select 1', { requestId }),
    ];
    expect(second.rows).toEqual(first.rows);
    expect(second.statement.getQueryId()).toBe(first.statement.getQueryId());
    expect(engine.executed).toHaveLength(1);
    expect(emulator.log.map(({ requests }) => requests)).toEqual([2]);
  });

  test('waits for the statement that still runs', async () => {
    const { emulator, engine } = await emulate({ slow: after(60) });
    const connection = await connect(emulator);
    const requestId = randomUUID();
    const both = await Promise.all([
      run(connection, 'slow', { requestId }),
      run(connection, 'slow', { requestId }),
    ]);
    expect(both.map(({ rows }) => rows)).toEqual([[[1]], [[1]]]);
    expect(engine.executed).toHaveLength(1);
  });

  test('gets the first error again', async () => {
    const { emulator } = await emulate();
    const connection = await connect(emulator);
    const requestId = randomUUID();
    const codes = [
      await failure(run(connection, 'nonsense', { requestId })),
      await failure(run(connection, 'nonsense', { requestId })),
    ].map(({ code }) => code);
    expect(codes).toEqual(['001003', '001003']);
    expect(emulator.log).toHaveLength(1);
  });
});

describe('cancel', () => {
  test.each([
    ['by its request before the first answer', 45_000],
    ['by its query after that', 10],
  ])('ends a running statement %s', async (_, patience) => {
    const { emulator } = await emulate({ endless }, { patience });
    const connection = await connect(emulator);
    const cancelled = gate<unknown>();
    const ended = failure(
      run(connection, 'endless', {}, (statement) => {
        void running(emulator)
          .then(() => wait(3 * Math.min(patience, 20)))
          .then(() => statement.cancel((error) => cancelled.open(error)));
      }),
    );
    const error = await ended;
    expect(await cancelled.opened).toBeNull();
    expect([error.code, error.sqlState, error.message]).toEqual([
      '000604',
      '57014',
      'SQL execution canceled',
    ]);
    expect(emulator.log[0]?.state).toBe('cancelled');
    expect((await run(connection, 'select 1')).rows).toEqual([[1]]);
  });

  test('takes back a statement that waits for another', async () => {
    const { emulator, engine } = await emulate({ endless });
    const connection = await connect(emulator);
    const first = gate<{ cancel(): void }>();
    const running = failure(run(connection, 'endless', {}, (statement) => first.open(statement)));
    await expect.poll(() => engine.executed.length, PATIENTLY).toBe(1);
    const waiting = failure(
      run(connection, 'select 1', {}, (statement) => {
        void expect
          .poll(() => emulator.log.length, PATIENTLY)
          .toBe(2)
          .then(() => statement.cancel(() => void first.opened.then((one) => one.cancel())));
      }),
    );
    expect((await running).code).toBe('000604');
    expect((await waiting).code).toBe('000604');
    expect(engine.executed.map(({ sql }) => sql)).toEqual(['endless']);
  });

  test('of what has ended is refused', async () => {
    const { emulator } = await emulate();
    const { statement } = await run(await connect(emulator), 'select 1');
    const error = await new Promise<unknown>((told) => statement.cancel(told));
    expect(error).toMatchObject({ code: '000605', sqlState: '01000' });
  });
});
