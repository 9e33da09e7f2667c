import { DuckDbEngine, type EngineOptions } from '../../src/snowflake-emulator/engine/index.js';
import type { BoundValue, Result, ResultValue } from '../../src/snowflake-emulator/engine.js';

let queries = 0;

/** A session with short ways to run statements and look at what they answer. */
export interface TestSession {
  readonly engine: DuckDbEngine;
  readonly session: Awaited<ReturnType<DuckDbEngine['openSession']>>;
  run(sql: string, ...binds: readonly BoundValue[]): Promise<Result>;
  rows(sql: string): Promise<readonly (readonly ResultValue[])[]>;
  /** The one value of the one row. */
  value(sql: string): Promise<ResultValue>;
  /** `code sqlState message` of what a statement fails with. */
  failure(sql: string): Promise<string>;
}

export async function openSession(engine: DuckDbEngine): Promise<TestSession> {
  const session = await engine.openSession({
    user: 'tester',
    database: 'DB',
    schema: 'PUBLIC',
    warehouse: 'COMPUTE_WH',
    role: 'SYSADMIN',
    parameters: { TIMEZONE: 'UTC' },
  });
  const run = (sql: string, ...binds: readonly BoundValue[]) =>
    session.execute({
      queryId: `q${++queries}`,
      sql,
      binds,
      describeOnly: false,
      parameters: {},
      signal: new AbortController().signal,
    });
  const rows = async (sql: string) => (await run(sql)).rows;
  return {
    engine,
    session,
    run,
    rows,
    value: async (sql) => (await rows(sql))[0]?.[0] ?? null,
    failure: (sql) =>
      run(sql).then(
        () => 'no failure',
        (error: { code?: string; sqlState?: string; message: string }) =>
          `${error.code} ${error.sqlState} ${error.message}`,
      ),
  };
}

export async function openEngine(options: EngineOptions = {}): Promise<TestSession> {
  return openSession(await DuckDbEngine.open({ databases: ['DB'], threads: 1, ...options }));
}
