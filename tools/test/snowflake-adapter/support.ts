/** The adapter through the real driver, an emulator, and an engine that answers as a test says. */
import { openSnowflake, Secret, type Session, type SnowflakeOptions, type Warehouse } from '@matinee/core';
import { onTestFinished } from 'vitest';
import {
  type Engine,
  type EngineSession,
  type Result,
  type SessionRequest,
  SnowflakeError,
  type StatementRequest,
} from '../../src/snowflake-emulator/engine.js';
import { type Emulator, type EmulatorOptions, startEmulator } from '../../src/snowflake-emulator/server.js';
import { column, rows } from '../snowflake-emulator/answers.js';

export { column, rows };

export const PASSWORD = 'correct horse';

/** Answers a statement, or leaves it to the next one by undefined. */
export type Answer = (request: StatementRequest) => Result | undefined | Promise<Result | undefined>;

/** An engine without SQL: what is not answered is a syntax error, what begins sessions and transactions is not looked at. */
class AnsweringEngine implements Engine {
  readonly opened: SessionRequest[] = [];
  closed = 0;
  readonly #answer: Answer;

  constructor(answer: Answer) {
    this.#answer = answer;
  }

  async openSession(request: SessionRequest): Promise<EngineSession> {
    this.opened.push(request);
    const { database, schema, warehouse, role } = request;
    return {
      current: {
        database: database === 'NOWHERE' ? null : (database ?? null),
        schema: schema ?? null,
        warehouse: warehouse === 'NOTHING' ? null : (warehouse ?? null),
        role: role ?? null,
      },
      execute: async (statement) => {
        const answer = await this.#answer(statement);
        if (answer) return answer;
        if (/^(alter session|begin|commit|rollback)/.test(statement.sql)) return DONE;
        throw new SnowflakeError('001003', '42000', `SQL compilation error:\nsyntax error: ${statement.sql}`);
      },
      putFile: async () => {},
      close: async () => {
        this.closed += 1;
      },
    };
  }

  async close(): Promise<void> {}
}

export const DONE = rows([column('status', 'text')], [['Statement executed successfully.']]);

export const one = (name = 'N'): Result => rows([column(name, 'fixed', { precision: 38, scale: 0 })], [[1n]]);

/** What a changing statement answers. */
export const changed = (counts: Readonly<Record<string, bigint>>): Result =>
  rows(
    Object.keys(counts).map((name) => column(name, 'fixed', { precision: 19, scale: 0 })),
    [Object.values(counts)],
  );

/** Runs until it is given up. */
export const endless = ({ signal }: StatementRequest): Promise<Result> =>
  new Promise((_, stop) => {
    const stopped = () => stop(new SnowflakeError('000604', '57014', 'SQL execution canceled'));
    if (signal.aborted) stopped();
    signal.addEventListener('abort', stopped, { once: true });
  });

export interface Site {
  readonly emulator: Emulator;
  readonly engine: AnsweringEngine;
  readonly warehouse: Warehouse;
  readonly options: SnowflakeOptions;
  /** The statements that have come, without those that set a session up. */
  statements(): readonly string[];
}

/** A warehouse on an emulator of its own, for one test. */
export async function site(
  answer: Answer | Readonly<Record<string, Result>> = {},
  options: Partial<SnowflakeOptions> = {},
  emulated: Partial<EmulatorOptions> = {},
): Promise<Site> {
  const engine = new AnsweringEngine(typeof answer === 'function' ? answer : ({ sql }) => answer[sql]);
  const users = [{ name: 'ANNA', password: PASSWORD }];
  const emulator = await startEmulator({ engine, users, ...emulated });
  onTestFinished(() => emulator.close());
  const all: SnowflakeOptions = {
    account: 'ACME-TEST',
    user: 'ANNA',
    role: 'BUILDER',
    warehouse: 'SMALL',
    database: 'FILMS',
    credentials: { method: 'password', secret: new Secret(PASSWORD) },
    accessUrl: emulator.url,
    readOnly: true,
    ...options,
  };
  const warehouse = await openSnowflake(all);
  onTestFinished(() => warehouse.close());
  const statements = () =>
    emulator.log.map(({ sql }) => sql).filter((sql) => !sql.startsWith('alter session set TIMEZONE'));
  return { emulator, engine, warehouse, options: all, statements };
}

export async function openSession({ warehouse }: Pick<Site, 'warehouse'>): Promise<Session> {
  const session = await warehouse.openSession();
  onTestFinished(() => session.close());
  return session;
}
