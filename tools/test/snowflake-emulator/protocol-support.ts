/** The real driver, an emulator and an engine that does what a test tells it. */
import type { Connection, SnowflakeError as DriverError, RowStatement, StatementOption } from 'snowflake-sdk';
import { expect, onTestFinished } from 'vitest';
import type {
  Engine,
  EngineSession,
  Result,
  SessionRequest,
  StatementRequest,
} from '../../src/snowflake-emulator/engine.js';
import { SnowflakeError } from '../../src/snowflake-emulator/engine.js';
import { type Emulator, type EmulatorOptions, startEmulator } from '../../src/snowflake-emulator/server.js';
import { column, rows } from './answers.js';

export { column, rows };

export type Answering = (request: StatementRequest, session: SessionRequest) => Result | Promise<Result>;

/** Answers statements by their text and remembers what it was asked. */
export class ScriptedEngine implements Engine {
  readonly executed: StatementRequest[] = [];
  readonly opened: SessionRequest[] = [];
  readonly files: { stage: string; name: string; bytes: Uint8Array }[] = [];
  closed = 0;
  readonly #answers: Readonly<Record<string, Answering>>;

  constructor(answers: Readonly<Record<string, Answering>> = {}) {
    this.#answers = answers;
  }

  async openSession(request: SessionRequest): Promise<EngineSession> {
    if (request.role === 'NOBODY') {
      throw new SnowflakeError(
        '390189',
        '08001',
        "Role 'NOBODY' specified in the connect string is not granted to this user.",
      );
    }
    this.opened.push(request);
    return {
      current: {
        database: request.database ?? null,
        schema: request.schema ?? null,
        warehouse: request.warehouse ?? null,
        role: request.role ?? null,
      },
      execute: async (statement) => {
        this.executed.push(statement);
        const answer = this.#answers[statement.sql];
        if (!answer)
          throw new SnowflakeError('001003', '42000', `syntax error: ${statement.sql}`, {
            line: 1,
            column: 7,
          });
        return answer(statement, request);
      },
      putFile: async (stage, name, bytes) => {
        this.files.push({ stage, name, bytes });
      },
      close: async () => {
        this.closed += 1;
      },
    };
  }

  async close(): Promise<void> {}
}

export const one: Answering = () => rows([column('1', 'fixed', { precision: 1, scale: 0 })], [[1n]]);

/** For what comes soon, on a machine that may be busy. */
export const PATIENTLY = { timeout: 20_000 };

export const PASSWORD = 'correct horse';

/** An emulator for one test, with a user of each kind. */
export async function emulate(
  answers: Readonly<Record<string, Answering>> = {},
  options: Partial<EmulatorOptions> = {},
): Promise<{ emulator: Emulator; engine: ScriptedEngine }> {
  const engine = new ScriptedEngine({ 'select 1': one, ...answers });
  const users = [
    { name: 'ANNA', password: PASSWORD, accessTokens: ['pat-of-anna'], oauthTokens: ['oauth-of-anna'] },
  ];
  const emulator = await startEmulator({ engine, users, ...options });
  onTestFinished(() => emulator.close());
  return { emulator, engine };
}

/** The driver, with everything off that talks to others or writes files. */
export async function driver(): Promise<typeof import('snowflake-sdk')> {
  process.env.SNOWFLAKE_DISABLE_PLATFORM_DETECTION = 'true';
  process.env.SNOWFLAKE_DISABLE_MINICORE = '1';
  process.env.SF_TELEMETRY_DISABLE_CONNECTION_SHAPE = '1';
  const { default: snowflake } = await import('snowflake-sdk');
  snowflake.configure({ logLevel: 'OFF', useEnvProxy: false });
  return snowflake;
}

export type ConnectionOptions = Parameters<typeof import('snowflake-sdk')['createConnection']>[0];

/** Connects, and ends the connection after the test. @throws the driver's error */
export async function connect(
  emulator: Pick<Emulator, 'url'>,
  options: Partial<ConnectionOptions> = {},
): Promise<Connection> {
  const connection = (await driver()).createConnection({
    account: 'ACME-TEST',
    accessUrl: emulator.url,
    username: 'ANNA',
    password: PASSWORD,
    rowMode: 'array',
    sfRetryMaxLoginRetries: 0,
    ...options,
  } as ConnectionOptions);
  await new Promise<void>((connected, refuse) => {
    connection.connect((error) => (error ? refuse(error) : connected()));
  });
  onTestFinished(() => new Promise<void>((ended) => connection.destroy(() => ended())));
  return connection;
}

export interface Ran {
  readonly rows: readonly unknown[][];
  readonly statement: RowStatement;
}

/** Runs a statement to its end. @throws the driver's error */
export function run(
  connection: Connection,
  sqlText: string,
  options: Partial<StatementOption> & { describeOnly?: boolean } = {},
  begun: (statement: RowStatement) => void = () => {},
): Promise<Ran> {
  return new Promise((done, refuse) => {
    const statement = connection.execute({
      sqlText,
      ...options,
      complete: (error, ended, found) =>
        error
          ? refuse(error)
          : done({ rows: (found ?? []) as unknown[][], statement: ended as RowStatement }),
    });
    begun(statement as RowStatement);
  });
}

/** The error of something that must fail. */
export async function failure(work: Promise<unknown>): Promise<DriverError> {
  return work.then(
    () => {
      throw new Error('It did not fail.');
    },
    (error: DriverError) => error,
  );
}

/** Something that others wait for. */
export function gate<T = void>(): { readonly opened: Promise<T>; open(value: T): void } {
  let open!: (value: T) => void;
  const opened = new Promise<T>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

/** Comes back when the first statement runs. */
export async function running(emulator: Emulator): Promise<void> {
  await expect.poll(() => emulator.log[0]?.state, PATIENTLY).toBe('running');
}
