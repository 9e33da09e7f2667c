import type { Connection, ConnectionOptions } from 'snowflake-sdk';
import { type MatineeError, WarehouseError } from '../../errors.js';
import type { StatementTag } from '../adapter.js';
import type { Driver } from './driver.js';
import { isSessionGone, toFailure } from './failure.js';
import { hostOf, loginError } from './login-errors.js';
import type { SnowflakeConnection } from './options.js';
import { queryTag } from './query-tag.js';
import {
  type CurrentState,
  interrupted,
  RunningStatement,
  type StatementRequest,
  type StatementResult,
} from './running-statement.js';
import { SET_PARAMETERS } from './session-parameters.js';
import { sessionLost, statementError } from './statement-errors.js';

const CONNECT_TIMEOUT = 60;
const NETWORK_TIMEOUT = 90;
const CANCEL_TIMEOUT = 15;
/** How long the end of a session is waited for, in seconds: Snowflake ends it by itself if it does not hear. */
const CLOSE_TIMEOUT = 5;
const CANCEL_AGAIN_MS = 1000;
const LOGIN_RETRIES = 2;

/**
 * One connection of the driver, with deadlines of ours: the driver would try a dead network for ten minutes. Whoever gets
 * {@link isUsable} false must not use it again.
 */
export class LiveConnection {
  /** What was in use after the login. */
  readonly state: CurrentState;
  readonly #connection: Connection;
  readonly #options: SnowflakeConnection;
  #isDiscarded = false;
  #interrupt: (() => void) | undefined;

  private constructor(connection: Connection, options: SnowflakeConnection, state: CurrentState) {
    this.#connection = connection;
    this.#options = options;
    this.state = state;
  }

  /**
   * Logs in and sets the session's parameters; once more, if the session ends between the two.
   *
   * @param tag what the session belongs to, as far as that is known
   * @throws WarehouseError SNOWFLAKE_…, SESSION_LOST or WAREHOUSE_UNREACHABLE.
   */
  static async open(
    driver: Driver,
    options: SnowflakeConnection,
    tag?: StatementTag,
  ): Promise<LiveConnection> {
    try {
      return await LiveConnection.#openOnce(driver, options, tag);
    } catch (error) {
      if (!(error instanceof WarehouseError && error.code === 'SESSION_LOST')) throw error;
      return LiveConnection.#openOnce(driver, options, tag);
    }
  }

  static async #openOnce(
    driver: Driver,
    options: SnowflakeConnection,
    tag: StatementTag | undefined,
  ): Promise<LiveConnection> {
    const connection = createConnection(driver, options);
    const seconds = options.connectTimeout ?? CONNECT_TIMEOUT;
    try {
      const login = connect(connection).catch((error: unknown) => {
        throw loginError(toFailure(error), options);
      });
      await within(seconds, login, () => connectTimeout(options, seconds));
      const begin = new RunningStatement(connection, { sql: SET_PARAMETERS, tag: queryTag(tag) });
      const { state } = await within(seconds, begin.result, () => connectTimeout(options, seconds));
      checkState(state, options);
      return new LiveConnection(connection, options, state);
    } catch (error) {
      void end(connection);
      if (error instanceof WarehouseError) throw error;
      const failure = toFailure(error);
      throw isSessionGone(failure) ? sessionLost(error) : statementError(failure, SET_PARAMETERS, options);
    }
  }

  get isUsable(): boolean {
    return !this.#isDiscarded && this.#connection.isUp();
  }

  /** @throws the driver's error; StatementError STATEMENT_INTERRUPTED, WarehouseError WAREHOUSE_UNREACHABLE: then it is discarded. */
  async run(request: StatementRequest, told: { hasBegun: boolean }): Promise<StatementResult> {
    const statement = new RunningStatement(this.#connection, request);
    const watch = this.#watch(statement);
    try {
      return await Promise.race([statement.result, watch.givenUp]);
    } catch (error) {
      if (error instanceof WarehouseError) this.discard();
      throw error;
    } finally {
      told.hasBegun = statement.hasBegun;
      watch.stop();
      // Whatever comes of it after it was given up is of no interest.
      statement.result.catch(() => undefined);
    }
  }

  /** Cancels the running statement, again and again until it ends or is given up. */
  interrupt(): void {
    this.#interrupt?.();
  }

  /** Lets go of it without waiting. Its session ends, and with it what was not committed. */
  discard(): void {
    if (this.#isDiscarded) return;
    this.#isDiscarded = true;
    void end(this.#connection);
  }

  async close(): Promise<void> {
    if (this.#isDiscarded) return;
    this.#isDiscarded = true;
    await end(this.#connection);
  }

  /** Looks for signs of life while a statement runs, and for an interruption that is not heard. */
  #watch(statement: RunningStatement): { readonly givenUp: Promise<never>; stop(): void } {
    const { networkTimeout = NETWORK_TIMEOUT, cancelTimeout = CANCEL_TIMEOUT } = this.#options;
    let giveUp: (error: MatineeError) => void = () => {};
    const givenUp = new Promise<never>((_, reject) => {
      giveUp = reject;
    });
    let heardAt = performance.now();
    const probe = setInterval(
      () => {
        if (performance.now() - heardAt > networkTimeout * 1000) {
          statement.cancel();
          giveUp(silence(this.#options, networkTimeout));
        }
        this.#connection.isValidAsync().then(
          (isValid) => {
            if (isValid) heardAt = performance.now();
          },
          () => undefined,
        );
      },
      (networkTimeout * 1000) / 4,
    );
    let cancelling: NodeJS.Timeout | undefined;
    this.#interrupt = () => {
      if (cancelling) return;
      const until = performance.now() + cancelTimeout * 1000;
      const cancel = () => {
        if (performance.now() > until) giveUp(interrupted());
        else statement.cancel();
      };
      cancel();
      cancelling = setInterval(cancel, Math.min(CANCEL_AGAIN_MS, cancelTimeout * 1000));
    };
    return {
      givenUp,
      stop: () => {
        clearInterval(probe);
        clearInterval(cancelling);
        this.#interrupt = undefined;
      },
    };
  }
}

function createConnection(driver: Driver, options: SnowflakeConnection): Connection {
  const { account, user, role, warehouse, database, accessUrl, networkTimeout = NETWORK_TIMEOUT } = options;
  return driver.createConnection({
    account,
    ...(user !== undefined && { username: user }),
    ...(role !== undefined && { role }),
    ...(warehouse !== undefined && { warehouse }),
    database,
    ...(accessUrl !== undefined && { accessUrl }),
    ...authentication(options),
    application: 'Matinee',
    clientSessionKeepAlive: true,
    sfRetryMaxLoginRetries: LOGIN_RETRIES,
    timeout: networkTimeout * 1000,
    // Numbers are read from their text; these two keep the driver from converting them first and from writing null as text.
    jsTreatIntegerAsBigInt: true,
    representNullAsStringNull: false,
  });
}

function authentication({ credentials: { method, secret } }: SnowflakeConnection): ConnectionOptions {
  const text = secret.reveal();
  switch (method) {
    case 'key':
      return { authenticator: 'SNOWFLAKE_JWT', privateKey: text };
    case 'password':
      return { authenticator: 'SNOWFLAKE', password: text };
    case 'access-token':
      return { authenticator: 'PROGRAMMATIC_ACCESS_TOKEN', token: text };
    case 'oauth':
      return { authenticator: 'OAUTH', token: text };
  }
}

function connect(connection: Connection): Promise<void> {
  return new Promise((resolve, reject) => {
    connection.connect((error) => (error ? reject(error) : resolve()));
  });
}

/** Names that do not exist, or that the role may not use, are no error of the login: they are just not in use. */
function checkState(state: CurrentState, options: SnowflakeConnection): void {
  const { database, warehouse } = options;
  const role = state.role ?? 'the role';
  if (state.database === undefined) {
    throw new WarehouseError(
      'SNOWFLAKE_DATABASE',
      `Database ${database} is not there, or ${role} may not use it.`,
      {
        hint: `See SNOWFLAKE_DATABASE, or have it granted: grant usage, create schema on database ${database} to role ${role}.`,
      },
    );
  }
  if (warehouse !== undefined && state.warehouse === undefined) {
    throw new WarehouseError(
      'SNOWFLAKE_WAREHOUSE',
      `Warehouse ${warehouse} is not there, or ${role} may not use it.`,
      {
        hint: `See SNOWFLAKE_WAREHOUSE, or have it granted: grant usage, operate on warehouse ${warehouse} to role ${role}.`,
      },
    );
  }
}

/** Ends the session. The driver tells of failures that nobody can do anything about. */
function end(connection: Connection): Promise<void> {
  const ended = new Promise<void>((resolve) => {
    try {
      connection.destroy(() => resolve());
    } catch {
      resolve();
    }
  });
  return within(CLOSE_TIMEOUT, ended, () => undefined).catch(() => undefined);
}

/** The work's result, or the error that is due if it takes longer. */
async function within<T>(seconds: number, work: Promise<T>, late: () => unknown): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(late()), seconds * 1000);
  });
  try {
    return await Promise.race([work, deadline]);
  } finally {
    clearTimeout(timer);
    work.catch(() => undefined);
  }
}

function connectTimeout(options: SnowflakeConnection, seconds: number): WarehouseError {
  return new WarehouseError(
    'WAREHOUSE_UNREACHABLE',
    `${hostOf(options)} did not let us in within ${seconds} s.`,
    {
      hint: 'See that this machine may connect to it, through its proxy if it has one, and look at status.snowflake.com.',
    },
  );
}

function silence(options: SnowflakeConnection, seconds: number): WarehouseError {
  return new WarehouseError(
    'WAREHOUSE_UNREACHABLE',
    `Nothing was heard of ${hostOf(options)} for ${seconds} s.`,
    {
      hint: 'See that the network is there, then build again: published tables are as they were.',
    },
  );
}
