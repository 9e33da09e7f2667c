import type { DuckDBConnection } from '@duckdb/node-api';
import type { EngineSession, Result, StatementRequest } from '../engine.js';
import type { BindContext, BoundRelation } from './bind/context.js';
import type { BoundQuery } from './bind/typed.js';
import { sessionContext } from './bind-context.js';
import { locate } from './copy/stage-files.js';
import { fromDuckError } from './duck-errors.js';
import type { EngineOptions } from './duckdb-engine.js';
import { notEmulated } from './errors.js';
import { informationSchema } from './information-schema.js';
import { cancelled, type LockMode, type LockOwner, type Locks } from './locks.js';
import { type Rows, toResult, toValueOf } from './rows.js';
import type { Address, SessionState } from './state.js';
import { executeStatement } from './statements/dispatch.js';
import { Cursor } from './syntax/cursor.js';

interface Transaction {
  /** Whether DuckDB has begun it: at the first statement that writes, so that reads before see what others commit. */
  isOpen: boolean;
  /** A statement failed after others had written: DuckDB has taken them back too, which Snowflake would not. */
  isSpoilt: boolean;
  hasWritten: boolean;
  readonly undo: (() => void)[];
}

/** So long a transaction may stand still when others wait for its locks. */
const IDLE_TRANSACTION_SECONDS = 300;

/** One session on a DuckDB connection of its own. */
export class DuckSession implements EngineSession, LockOwner {
  readonly current: SessionState;
  readonly options: EngineOptions;
  readonly results = new Map<string, Rows>();
  lastQueryId: string | undefined;
  /** The statement that runs. */
  request!: StatementRequest;
  /** Of array binding: which of its rows is bound. */
  bindRow = 0;
  readonly id: string;
  readonly user: string;
  readonly #connection: DuckDBConnection;
  readonly #locks: Locks;
  #transaction: Transaction | undefined;
  #tail: Promise<unknown> = Promise.resolve();
  /** When the last statement ended; undefined while one waits or runs. */
  #idleSince: number | undefined = performance.now();
  #waiting = 0;

  constructor(
    connection: DuckDBConnection,
    state: SessionState,
    locks: Locks,
    options: EngineOptions,
    who: { readonly id: string; readonly user: string },
  ) {
    this.id = who.id;
    this.user = who.user;
    this.#connection = connection;
    this.current = state;
    this.#locks = locks;
    this.options = options;
  }

  execute(request: StatementRequest): Promise<Result> {
    this.#waiting++;
    this.#idleSince = undefined;
    const result = this.#tail.then(() => this.#execute(request));
    this.#tail = result
      .catch(() => undefined)
      .then(() => {
        if (--this.#waiting === 0) this.#idleSince = performance.now();
      });
    return result;
  }

  giveUpIdle(): void {
    const { idleTransactionSeconds = IDLE_TRANSACTION_SECONDS } = this.options;
    if (this.#idleSince === undefined || performance.now() - this.#idleSince < idleTransactionSeconds * 1000)
      return;
    this.#idleSince = performance.now();
    this.#tail = this.#tail.then(() => this.rollback());
  }

  async close(): Promise<void> {
    await this.#tail;
    await this.rollback();
    for (const relation of this.current.temporary.values())
      if (relation.kind === 'table') await this.run(`drop table if exists ${relation.physical}`);
    this.#connection.closeSync();
  }

  async #execute(request: StatementRequest): Promise<Result> {
    if (request.signal.aborted) throw cancelled();
    this.request = request;
    const cursor = new Cursor(request.sql);
    const { rows, typeId, keeps = true } = await executeStatement(cursor, this);
    if (keeps) this.results.set(request.queryId, rows);
    this.lastQueryId = request.queryId;
    return toResult(rows, typeId);
  }

  bindContext(database = this.current.database, schema = this.current.schema): BindContext {
    return sessionContext(this, database, schema);
  }

  now(): Date {
    return this.options.now?.() ?? new Date();
  }

  /** A table of information_schema; undefined if there is none of that name. */
  informationSchema(address: Address): BoundRelation | undefined {
    return informationSchema(address, this);
  }

  /** Runs a statement of DuckDB. @returns how many rows it changed. */
  run(sql: string): Promise<number> {
    return this.#guarded(sql, async () => (await this.#connection.run(sql)).rowsChanged);
  }

  /** Adds rows to a temporary table of DuckDB, quicker than statements do. */
  async append(table: string, rows: readonly (readonly (string | bigint | null)[])[]): Promise<void> {
    const appender = await this.#connection.createAppender(table, 'main', 'temp');
    for (const row of rows) {
      for (const value of row) {
        if (value === null) appender.appendNull();
        else if (typeof value === 'bigint') appender.appendBigInt(value);
        else appender.appendVarchar(value);
      }
      appender.endRow();
    }
    appender.closeSync();
  }

  /** Keeps a file in an internal stage: what PUT uploads. @param stage as in the statement, `@name`, with a folder or without */
  async putFile(stage: string, name: string, bytes: Uint8Array): Promise<void> {
    const { stage: into, prefix } = locate(this, stage.replace(/^@/, ''));
    if (into.url !== undefined) throw notEmulated('PUT to an external stage');
    into.files.set(`${prefix}${prefix === '' || prefix.endsWith('/') ? '' : '/'}${name}`, {
      bytes,
      modified: this.now(),
    });
  }

  /** The rows of a query of DuckDB. */
  async rows({ sql, columns }: BoundQuery): Promise<Rows> {
    const values = await this.#guarded(sql, async () =>
      (await this.#connection.runAndReadAll(sql)).getRows(),
    );
    return {
      columns,
      rows: values.map((row) => row.map((value, index) => toValueOf(value, columns[index]!.type))),
    };
  }

  async #guarded<T>(sql: string, work: () => Promise<T>): Promise<T> {
    const signal = this.request?.signal;
    const interrupt = () => this.#connection.interrupt();
    signal?.addEventListener('abort', interrupt, { once: true });
    try {
      return await work();
    } catch (error) {
      throw signal?.aborted ? cancelled() : fromDuckError(error, sql);
    } finally {
      signal?.removeEventListener('abort', interrupt);
    }
  }

  begin(): void {
    this.#transaction ??= { isOpen: false, isSpoilt: false, hasWritten: false, undo: [] };
  }

  /** Whether DuckDB has a transaction open, which a statement that fails would end. */
  get hasOpenWork(): boolean {
    return this.#transaction?.isOpen ?? false;
  }

  get isInTransaction(): boolean {
    return this.#transaction !== undefined;
  }

  async commit(): Promise<void> {
    this.refuseSpoilt();
    const transaction = this.#transaction;
    this.#transaction = undefined;
    try {
      if (transaction?.isOpen) await this.run('commit');
    } catch (error) {
      for (const undo of transaction?.undo.reverse() ?? []) undo();
      throw error;
    } finally {
      this.#locks.release(this);
    }
  }

  async rollback(): Promise<void> {
    const transaction = this.#transaction;
    this.#transaction = undefined;
    for (const undo of transaction?.undo.reverse() ?? []) undo();
    if (transaction?.isOpen) await this.#connection.run('rollback').catch(() => undefined);
    this.#locks.release(this);
  }

  /** What a rollback takes back in memory. */
  onRollback(undo: () => void): void {
    this.#transaction?.undo.push(undo);
  }

  /** DDL: commits what is open, then works alone on its tables. */
  async ddl<T>(tables: readonly string[], work: () => Promise<T>): Promise<T> {
    if (this.#transaction) await this.commit();
    try {
      await this.#lock(tables, 'exclusive');
      return await work();
    } finally {
      this.#locks.release(this);
    }
  }

  /** DML: in the open transaction, or in one of its own. A statement that fails leaves the transaction open and its changes out. */
  async dml<T>(table: string, mode: LockMode, work: () => Promise<T>): Promise<T> {
    this.refuseSpoilt();
    const isOwn = this.#transaction === undefined && this.current.parameter('AUTOCOMMIT') !== false;
    this.begin();
    const transaction = this.#transaction!;
    try {
      await this.#lock([table], mode);
      if (!transaction.isOpen) await this.run('begin');
      transaction.isOpen = true;
      const result = await work();
      transaction.hasWritten = true;
      if (isOwn) await this.commit();
      return result;
    } catch (error) {
      // DuckDB knows no savepoints: a failing statement takes its whole transaction back
      const isSpoilt = transaction.hasWritten;
      await this.rollback();
      if (!isOwn) {
        this.begin();
        this.#transaction!.isSpoilt = isSpoilt;
      }
      throw error;
    }
  }

  /** @throws NotEmulated where a transaction goes on after a statement failed that was not its first to write. */
  refuseSpoilt(): void {
    if (this.#transaction?.isSpoilt)
      throw notEmulated('a transaction that goes on after a statement of it failed; roll back');
  }

  async #lock(tables: readonly string[], mode: LockMode): Promise<void> {
    const seconds = Number(this.current.parameter('LOCK_TIMEOUT') ?? 43_200);
    for (const table of tables) await this.#locks.acquire(this, table, mode, seconds, this.request.signal);
  }
}
