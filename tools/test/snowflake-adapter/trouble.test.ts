import { describe, expect, it, vi } from 'vitest';
import { SnowflakeError } from '../../src/snowflake-emulator/engine.js';
import { changed, DONE, endless, one, openSession, PASSWORD, type Site, site } from './support.js';

const insert = { q: one(), insert: changed({ 'number of rows inserted': 1n }) };

/** What a promise fails with, and no trace of the password in it. */
async function failureOf(work: Promise<unknown>): Promise<unknown> {
  const error = await work.then(
    () => expect.fail('It did not fail.'),
    (thrown: unknown) => thrown,
  );
  expect(JSON.stringify([error, (error as Error).message, (error as Error).cause])).not.toContain(PASSWORD);
  return error;
}

const times = ({ statements }: Site, sql: string) => statements().filter((sent) => sent === sql).length;

describe('a session that is gone', () => {
  it('is replaced by one that uses the same warehouse, until the work there is done', async () => {
    const place = await site({ ...insert, 'use warehouse "BIG"': DONE, 'use warehouse "SMALL"': DONE });
    const session = await openSession(place);
    place.emulator.fault({ kind: 'session-gone', match: { sql: 'insert' } });
    const onBig = () => session.execute('insert');
    expect(await session.onCompute?.('big', onBig)).toBe(1);
    expect(await session.execute('insert')).toBe(1);
    expect(place.statements()).toEqual([
      'use warehouse "BIG"',
      'use warehouse "BIG"',
      'insert',
      'use warehouse "SMALL"',
      'insert',
    ]);
  });

  it('gives way to a new one as well if it cannot go back to its own warehouse', async () => {
    const place = await site({ ...insert, 'use warehouse "BIG"': DONE });
    const session = await openSession(place);
    const fails = async () => {
      throw new Error('Incident 17.');
    };
    await expect(session.onCompute?.('big', fails)).rejects.toThrow('Incident 17.');
    expect(await session.execute('insert')).toBe(1);
    expect(place.statements()).toEqual(['use warehouse "BIG"', 'use warehouse "SMALL"', 'insert']);
    expect(place.engine.opened.length).toBe(2);
  });

  it('is replaced, and the statement runs in the new one', async () => {
    const place = await site(insert);
    const session = await openSession(place);
    place.emulator.fault({ kind: 'session-gone', match: { sql: 'insert' } });
    expect(await session.execute('insert')).toBe(1);
    expect([times(place, 'insert'), place.engine.opened.length]).toEqual([1, 2]);
    expect(place.emulator.log.filter(({ sql }) => sql.startsWith('alter session'))).toHaveLength(2);
  });

  it('is replaced once for a statement, not for ever', async () => {
    const place = await site(insert);
    const session = await openSession(place);
    place.emulator.fault({ kind: 'session-gone', match: { sql: 'insert' }, times: 2 });
    expect(await failureOf(session.execute('insert'))).toMatchObject({ code: 'SESSION_LOST' });
    expect(await session.query('q')).toEqual([{ n: 1 }]);
  });

  it('right after its login is replaced too, once', async () => {
    const place = await site(insert);
    const fault = { kind: 'session-gone', match: { sql: 'alter session' } } as const;
    place.emulator.fault(fault);
    const session = await openSession(place);
    expect(await session.query('q')).toEqual([{ n: 1 }]);
    expect(place.engine.opened).toHaveLength(2);
    place.emulator.fault({ ...fault, times: 2 });
    expect(await failureOf(place.warehouse.openSession())).toMatchObject({ code: 'SESSION_LOST' });
  });

  it('ends an open transaction with an error that says so', async () => {
    const place = await site(insert);
    const session = await openSession(place);
    place.emulator.fault({ kind: 'session-gone', match: { sql: 'q' } });
    const work = session.transaction(async () => {
      await session.execute('insert');
      await session.query('q');
    });
    expect(await failureOf(work)).toMatchObject({
      code: 'TRANSACTION_LOST',
      message: 'The session ended: what the transaction did was rolled back.',
    });
    expect(await session.query('q')).toEqual([{ n: 1 }]);
    expect(place.statements()).toEqual(['begin transaction', 'insert', 'q']);
  });

  it('does not come back inside of the transaction that it took along', async () => {
    const place = await site(insert);
    const session = await openSession(place);
    place.emulator.fault({ kind: 'session-gone', match: { sql: 'insert' } });
    const work = session.transaction(async () => {
      await session.execute('insert').catch(() => undefined);
      await session.execute('insert');
    });
    expect(await failureOf(work)).toMatchObject({ code: 'TRANSACTION_LOST' });
    expect(times(place, 'insert')).toBe(0);
  });

  it('whose token has expired goes on as it was', async () => {
    const place = await site(insert);
    const session = await openSession(place);
    place.emulator.fault({ kind: 'token-expired', match: { sql: 'insert' } });
    expect(await session.execute('insert')).toBe(1);
    expect(place.engine.opened).toHaveLength(1);
  });
});

describe('a network in trouble', () => {
  it.each(['unavailable', 'reset', 'lost-answer'] as const)(
    '(%s) runs a statement once all the same',
    async (kind) => {
      const place = await site(insert);
      const session = await openSession(place);
      place.emulator.fault({ kind, match: { sql: 'insert' } });
      expect(await session.execute('insert')).toBe(1);
      expect(times(place, 'insert')).toBe(1);
    },
  );

  it('that swallows one request is not waited for', async () => {
    const place = await site(insert, { networkTimeout: 1 });
    const session = await openSession(place);
    place.emulator.fault({ kind: 'hang', match: { sql: 'insert' } });
    expect(await session.execute('insert')).toBe(1);
  });

  it('that is silent is given up, and what was open is rolled back', async () => {
    const place = await site(insert, { networkTimeout: 0.8 });
    const session = await openSession(place);
    const work = session.transaction(async () => {
      place.emulator.fault({ kind: 'hang', times: 20 });
      await session.execute('insert');
    });
    const start = performance.now();
    expect(await failureOf(work)).toMatchObject({
      code: 'TRANSACTION_LOST',
      message: expect.stringMatching(
        /^Nothing was heard of 127\.0\.0\.1:\d+ for 0\.8 s: what the transaction did/,
      ),
    });
    expect(performance.now() - start).toBeLessThan(3000);
    place.emulator.clearFaults();
    expect(await session.query('q')).toEqual([{ n: 1 }]);
    expect(place.engine.opened).toHaveLength(2);
  });

  it('that breaks during a commit leaves nobody with a wrong belief', async () => {
    const place = await site(insert, { networkTimeout: 0.8 });
    const session = await openSession(place);
    const work = session.transaction(async () => {
      place.emulator.fault({ kind: 'hang', times: 20 });
    });
    expect(await failureOf(work)).toMatchObject({ code: 'COMMIT_UNKNOWN' });
  });

  it('lets nobody in: that is told before long', async () => {
    const place = await site(insert, { connectTimeout: 0.5 });
    place.emulator.fault({ kind: 'hang', times: 20 });
    const start = performance.now();
    expect(await failureOf(place.warehouse.openSession())).toMatchObject({
      code: 'WAREHOUSE_UNREACHABLE',
      message: expect.stringMatching(/ did not let us in within 0\.5 s\.$/),
    });
    expect(performance.now() - start).toBeLessThan(2000);
  });

  it('between two statements that take long is no trouble: a running statement has no deadline', async () => {
    const slow = async () => {
      await new Promise((resolve) => setTimeout(resolve, 3000));
      return one();
    };
    const place = await site(
      ({ sql }) => (sql === 'slow' ? slow() : undefined),
      { networkTimeout: 1.5 },
      { patience: 100 },
    );
    const session = await openSession(place);
    expect(await session.query('slow')).toEqual([{ n: 1 }]);
  });
});

describe('an interruption that is not heard', () => {
  it('gives the connection up, and the next statement gets another', async () => {
    const place = await site(
      (request) => (request.sql === 'slow' ? endless(request) : insert[request.sql as 'q']),
      {
        cancelTimeout: 0.5,
      },
    );
    const session = await openSession(place);
    const slow = session.query('slow');
    place.emulator.fault({ kind: 'hang', match: { path: 'abort-request' }, times: 20 });
    setTimeout(() => session.interrupt(), 100);
    expect(await failureOf(slow)).toMatchObject({ code: 'STATEMENT_INTERRUPTED' });
    place.emulator.clearFaults();
    expect(await session.query('q')).toEqual([{ n: 1 }]);
    expect(place.engine.opened).toHaveLength(2);
  });
});

describe('a transaction', () => {
  it('is rolled back when its work fails, and the session goes on', async () => {
    const place = await site(insert);
    const session = await openSession(place);
    const work = session.transaction(async () => {
      await session.execute('insert');
      throw new Error('not after all');
    });
    await expect(work).rejects.toThrow('not after all');
    expect(await session.transaction(() => session.execute('insert'))).toBe(1);
    expect(place.statements()).toEqual([
      'begin transaction',
      'insert',
      'rollback',
      'begin transaction',
      'insert',
      'commit',
    ]);
  });

  it('that cannot be rolled back ends with its session', async () => {
    const place = await site(insert);
    const session = await openSession(place);
    place.emulator.fault({ kind: 'error', match: { sql: 'rollback' } });
    const work = session.transaction(async () => {
      throw new Error('not after all');
    });
    await expect(work).rejects.toThrow('not after all');
    await vi.waitFor(() => expect(place.emulator.sessions).toHaveLength(0));
    expect(await session.query('q')).toEqual([{ n: 1 }]);
    expect(place.engine.opened).toHaveLength(2);
  });
});

describe('a login that is refused', () => {
  it.each<[string, Parameters<typeof site>[1], object]>([
    [
      'a wrong user',
      { user: 'BERT' },
      {
        code: 'SNOWFLAKE_CREDENTIALS',
        message: 'Snowflake did not let BERT in: Incorrect username or password was specified.',
      },
    ],
    [
      'a database that is not there',
      { database: 'NOWHERE' },
      { code: 'SNOWFLAKE_DATABASE', message: 'Database NOWHERE is not there, or BUILDER may not use it.' },
    ],
    [
      'a warehouse that is not there',
      { warehouse: 'NOTHING' },
      { code: 'SNOWFLAKE_WAREHOUSE', message: 'Warehouse NOTHING is not there, or BUILDER may not use it.' },
    ],
  ])('says so for %s', async (_, options, expected) => {
    const place = await site({}, options);
    expect(await failureOf(place.warehouse.openSession())).toMatchObject({
      name: 'WarehouseError',
      ...expected,
    });
    await vi.waitFor(() => expect(place.emulator.sessions).toHaveLength(0));
  });

  it.each([
    [
      '390189',
      "Role 'BUILDER' specified in the connect string is not granted to this user.",
      'SNOWFLAKE_ROLE',
    ],
    [
      '390422',
      'Incoming request with IP/Token 10.0.0.1 is not allowed to access Snowflake.',
      'SNOWFLAKE_NETWORK_POLICY',
    ],
    ['390127', 'Multi-factor authentication is required for this account.', 'SNOWFLAKE_MFA'],
    ['390144', 'JWT token is invalid. [b7a0]', 'SNOWFLAKE_CREDENTIALS'],
  ])('%s is %s', async (code, message, ours) => {
    const place = await site();
    place.emulator.fault({ kind: 'error', code, message, match: { path: 'login' } });
    expect(await failureOf(place.warehouse.openSession())).toMatchObject({ code: ours });
  });

  it('is told from parameters that an account does not let be set', async () => {
    const place = await site();
    const message = "invalid value [true] for parameter 'ABORT_DETACHED_QUERY'";
    place.emulator.fault({ kind: 'error', code: '001008', message, match: { sql: 'alter session' } });
    expect(await failureOf(place.warehouse.openSession())).toMatchObject({
      code: 'STATEMENT_FAILED',
      message,
    });
  });

  it.each([403, 404])('with HTTP %i is a wrong account', async (status) => {
    const place = await site();
    place.emulator.fault({ kind: 'unavailable', status, match: { path: 'login' }, times: 9 });
    expect(await failureOf(place.warehouse.openSession())).toMatchObject({
      code: 'SNOWFLAKE_ACCOUNT',
      message: expect.stringContaining(`answers with HTTP ${status}`),
    });
  });

  it('by a port that nobody listens on cannot be reached', async () => {
    const place = await site({}, { accessUrl: 'http://127.0.0.1:1' });
    expect(await failureOf(place.warehouse.openSession())).toMatchObject({
      code: 'WAREHOUSE_UNREACHABLE',
      message: '127.0.0.1:1 cannot be reached (ECONNREFUSED).',
    });
  });
});

describe('a statement that Snowflake refuses', () => {
  it('fails with its place, and the session goes on', async () => {
    const sql = 'select 1 as a,\n  nope from t';
    const place = await site((request) => {
      if (request.sql !== sql) return insert[request.sql as 'q'];
      const message = "SQL compilation error: error line 2 at position 2\ninvalid identifier 'NOPE'";
      throw new SnowflakeError('000904', '42000', message, { line: 2, column: 2 });
    });
    const session = await openSession(place);
    expect(await failureOf(session.query(sql))).toMatchObject({
      name: 'StatementError',
      code: 'STATEMENT_FAILED',
      message: "invalid identifier 'NOPE'",
      position: 17,
    });
    expect(await session.query('q')).toEqual([{ n: 1 }]);
  });
});
