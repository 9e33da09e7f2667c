/**
 * Statements on their way: each runs once, however often its request comes; one after the other in a session; and whoever
 * asks for one that still runs waits a while, and is then told to ask again.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { NotEmulated, type Result, SnowflakeError } from '../engine.js';
import type { ChunkStore } from './chunks.js';
import type { LoggedStatement } from './log.js';
import type { Parameters } from './parameters.js';
import { asSnowflakeError, failed, type Reply, succeeded } from './reply.js';
import { encodeRows, resultData, sessionContext, stillRunning } from './response-data.js';
import type { Session } from './sessions.js';
import type { StatementOrder } from './statement-request.js';
import type { Uploads } from './uploads.js';

export const CHUNKS = '/chunks';

/** So many statements that have ended are remembered, with their results. */
const REMEMBERED = 200;

/** A driver that binds very many values would rather put them into a stage; refused, it sends them inline. */
const BIND_STAGE = /^\s*create\s+or\s+replace\s+temporary\s+stage\s+system\$bind\b/i;

interface Statement {
  readonly queryId: string;
  readonly session: Session;
  readonly order: StatementOrder;
  readonly logged: LoggedStatement;
  readonly abort: AbortController;
  readonly reply: Promise<Reply>;
}

export interface StatementsOptions {
  /** How long an answer is held back for a statement that still runs, in milliseconds. */
  readonly patience: number;
  readonly chunks: ChunkStore;
  readonly uploads: Uploads;
  /** Significant digits of doubles. */
  readonly realDigits: number;
}

export class Statements {
  readonly log: LoggedStatement[] = [];
  readonly #byQuery = new Map<string, Statement>();
  readonly #byRequest = new Map<string, Statement>();
  readonly #options: StatementsOptions;

  constructor(options: StatementsOptions) {
    this.#options = options;
  }

  /** Runs what is new, and gives the answer of what was sent before. */
  async submit(session: Session, order: StatementOrder, origin: string): Promise<Reply> {
    const known = this.#byRequest.get(requestKey(session, order.requestId));
    if (known) known.logged.requests += 1;
    const statement = known ?? this.#start(session, order, origin);
    return order.detached ? stillRunning(statement.queryId, 'detached') : this.#answer(statement);
  }

  /** The result of a statement of the same user. */
  async result(session: Session, queryId: string): Promise<Reply> {
    const statement = this.#find(session, queryId);
    if (!statement) {
      return failed(new SnowflakeError('000709', '02000', `Statement ${queryId} not found`), queryId);
    }
    return this.#answer(statement);
  }

  /** What `/monitoring/queries/…` says of a statement. */
  status(session: Session, queryId: string): Reply {
    const statement = this.#find(session, queryId);
    if (!statement) return succeeded({ queries: [] });
    const { state, code } = statement.logged;
    const status = {
      queued: 'QUEUED',
      running: 'RUNNING',
      succeeded: 'SUCCESS',
      failed: 'FAILED_WITH_ERROR',
      cancelled: 'ABORTED',
    };
    return succeeded({
      queries: [{ id: queryId, status: status[state], errorCode: code, errorMessage: code }],
    });
  }

  /** Gives up a statement that waits or runs. */
  cancel(session: Session, by: { readonly requestId?: string; readonly queryId?: string }): Reply {
    const statement =
      by.queryId === undefined
        ? this.#byRequest.get(requestKey(session, by.requestId ?? ''))
        : this.#find(session, by.queryId);
    if (!statement || !isOpen(statement)) {
      const message = 'Identified SQL statement is not currently executing.';
      return failed(new SnowflakeError('000605', '01000', message), statement?.queryId ?? null);
    }
    statement.abort.abort(cancelled());
    return succeeded(null);
  }

  /** Gives up whatever a session still has to do, and waits until it has ended. */
  async cancelAll(session: Session): Promise<void> {
    const open = [...this.#byQuery.values()].filter((one) => one.session === session && isOpen(one));
    for (const { abort } of open) abort.abort(cancelled());
    await Promise.all(open.map(({ reply }) => reply));
  }

  #find(session: Session, queryId: string): Statement | undefined {
    const statement = this.#byQuery.get(queryId);
    return statement?.session.user === session.user ? statement : undefined;
  }

  #start(session: Session, order: StatementOrder, origin: string): Statement {
    const queryId = `01${randomUUID().slice(2)}`;
    const logged: LoggedStatement = {
      queryId,
      requestId: order.requestId,
      sessionId: session.id,
      user: session.user,
      sql: order.sql,
      queryTag: null,
      describeOnly: order.describeOnly,
      binds: order.binds.length,
      requests: 1,
      state: 'queued',
      code: null,
    };
    const abort = new AbortController();
    const reply = session.queue.then(() => this.#run(session, order, logged, abort, origin));
    session.queue = reply;
    const statement: Statement = { queryId, session, order, logged, abort, reply };
    this.log.push(logged);
    this.#byQuery.set(queryId, statement);
    this.#byRequest.set(requestKey(session, order.requestId), statement);
    this.#forget();
    return statement;
  }

  async #run(
    session: Session,
    order: StatementOrder,
    logged: LoggedStatement,
    abort: AbortController,
    origin: string,
  ): Promise<Reply> {
    const { queryId } = logged;
    const parameters = { ...session.parameters, ...session.engine.parameters, ...order.parameters };
    logged.queryTag = parameters.QUERY_TAG === undefined ? null : String(parameters.QUERY_TAG);
    logged.state = 'running';
    const { uploads } = this.#options;
    const timer = deadline(abort, parameters);
    try {
      // A timer takes a millisecond, and most statements take less.
      if (order.delay) await wait(order.delay, undefined, { signal: abort.signal });
      abort.signal.throwIfAborted();
      if (BIND_STAGE.test(order.sql)) throw new NotEmulated('a stage for bound values');
      const upload = uploads.begin(session, order.sql, origin);
      const data = upload ?? this.#shown(await this.#execute(session, order, queryId, abort), logged, origin);
      const reply = succeeded({ ...data, queryId, ...sessionContext(session.engine, parameters) });
      logged.state = 'succeeded';
      return reply;
    } catch (thrown) {
      const error = asSnowflakeError(abort.signal.aborted ? abort.signal.reason : thrown);
      logged.state = abort.signal.aborted ? 'cancelled' : 'failed';
      logged.code = error.code;
      return failed(error, queryId);
    } finally {
      clearTimeout(timer);
    }
  }

  #execute(
    session: Session,
    order: StatementOrder,
    queryId: string,
    abort: AbortController,
  ): Promise<Result> {
    const { sql, binds, describeOnly, parameters } = order;
    return session.engine.execute({ queryId, sql, binds, describeOnly, parameters, signal: abort.signal });
  }

  #shown(result: Result, logged: LoggedStatement, origin: string): Readonly<Record<string, unknown>> {
    const { chunks, realDigits } = this.#options;
    const rows = logged.describeOnly ? [] : encodeRows(result, realDigits);
    return {
      ...resultData(result, rows.length, logged.binds),
      ...chunks.divide(rows, `${origin}${CHUNKS}/${logged.queryId}`),
    };
  }

  async #answer({ queryId, reply }: Statement): Promise<Reply> {
    const giveUp = new AbortController();
    const later = wait(this.#options.patience, undefined, { signal: giveUp.signal }).catch(() => undefined);
    const ended = await Promise.race([reply, later]);
    giveUp.abort();
    return ended ?? stillRunning(queryId, 'waited for');
  }

  #forget(): void {
    const ended = [...this.#byQuery.values()].filter((statement) => !isOpen(statement));
    for (const { queryId, session, order } of ended.slice(0, Math.max(0, ended.length - REMEMBERED))) {
      this.#byQuery.delete(queryId);
      this.#byRequest.delete(requestKey(session, order.requestId));
      this.#options.chunks.drop(`${CHUNKS}/${queryId}`);
    }
  }
}

/** A request that is sent again comes in the session it was first sent in. */
const requestKey = (session: Session, requestId: string): string => `${session.id} ${requestId}`;

const cancelled = (): SnowflakeError => new SnowflakeError('000604', '57014', 'SQL execution canceled');

const isOpen = ({ logged }: Statement): boolean => logged.state === 'queued' || logged.state === 'running';

/** The server's own limit for a statement, if the session or the statement sets one. */
function deadline(abort: AbortController, parameters: Parameters): NodeJS.Timeout | undefined {
  const seconds = Number(parameters.STATEMENT_TIMEOUT_IN_SECONDS ?? 0);
  if (!(seconds > 0)) return undefined;
  const message = `Statement reached its statement or warehouse timeout of ${seconds} second(s) and was canceled.`;
  const over = () => abort.abort(new SnowflakeError('000630', '57014', message));
  return setTimeout(over, Math.min(seconds * 1000, 2_147_483_647)).unref();
}
