import type { Dialect } from '../sql/dialect.js';
import type { LockOptions } from './duckdb/lock.js';

/**
 * A value as an adapter hands it out: ints beyond 2⁵³ as bigint, decimals of more than 15 digits as text, dates and timestamps
 * as text in UTC.
 */
export type WarehouseValue = string | number | bigint | boolean | null;

export type WarehouseRow = Readonly<Record<string, WarehouseValue>>;

/** A column as the engine describes it, with the engine's own type name. */
export interface DescribedColumn {
  readonly name: string;
  readonly type: string;
}

/** What stands under a name in the warehouse. */
export type StoredKind = 'table' | 'view';

/** A table or view that is there, its names in lower case. */
export interface StoredRelation {
  readonly schema: string;
  readonly name: string;
  readonly kind: StoredKind;
  /** What is written beside it, on engines that keep the publication's mark there. */
  readonly comment?: string;
}

/** Which columns relations have, by relation; all names in lower case. */
export type RelationColumns = ReadonlyMap<string, ReadonlySet<string>>;

/** What an engine can do. Materializers ask for these, never for an engine's name. */
export interface Capabilities {
  /** Create, rename and drop can be rolled back. */
  readonly transactionalDdl: boolean;
  /** Two tables can trade names in one statement. */
  readonly swap: boolean;
  /** Files can be loaded by the engine itself from where they lie. */
  readonly externalStage: boolean;
}

/** What a statement belongs to. */
export interface StatementTag {
  readonly run: string;
  readonly node?: string;
  readonly package?: string;
}

/** One conversation with the warehouse. Statements of one session run one after the other. */
export interface Session {
  /** Runs a statement. @returns the number of rows it changed, 0 where that makes no sense. */
  execute(sql: string): Promise<number>;
  query(sql: string): Promise<readonly WarehouseRow[]>;
  /**
   * Hands out the rows of a query in their order, some thousand at a time, and reads on once `take` is done with them: a result
   * of any size takes little memory. `take` must not use this session.
   *
   * @throws what `take` throws, as it stands.
   */
  stream(sql: string, take: (rows: readonly WarehouseRow[]) => Promise<void>): Promise<void>;
  /**
   * Adds rows to a table, values in the order of its columns, on engines that run in this process. Texts become what the
   * column holds.
   *
   * @param table its name, unquoted, in the default schema
   */
  append?(table: string, rows: readonly (readonly WarehouseValue[])[]): Promise<void>;
  /** The columns that a query would return; nothing runs. */
  describe(sql: string): Promise<readonly DescribedColumn[]>;
  /**
   * The tables and views of some schemas. A schema that is not there has none.
   *
   * @param schemas as they are named in the project, prefix included, unquoted
   * @param database an attached one; else the target's own
   */
  relations(schemas: readonly string[], database?: string): Promise<readonly StoredRelation[]>;
  /** The columns of a schema's tables and views. */
  columns(schema: string, database?: string): Promise<RelationColumns>;
  /** Runs `work` between begin and commit; rolls back and rethrows if it fails. */
  transaction<T>(work: () => Promise<T>): Promise<T>;
  /** Asks the running statement to stop; it then fails. */
  interrupt(): void;
  /** Says what the statements from now on belong to, for engines that keep such a note beside each statement. */
  tag?(tag: StatementTag): void;
  /**
   * Does work on compute of that name, and then goes back to what the session had; a session that is replaced meanwhile goes
   * on there. For engines whose compute is chosen by session.
   */
  onCompute?<T>(name: string, work: () => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** A copy of a warehouse that was put in place. */
export interface Copy {
  readonly bytes: number;
  /** How long it took, all told. */
  readonly seconds: number;
}

/** Where a warehouse lies, in bytes. */
export interface Disk {
  /** What this process can still write. */
  readonly free: number;
  readonly total: number;
  /** What the warehouse takes by now. */
  readonly used: number;
}

/** An open warehouse. */
export interface Warehouse {
  readonly dialect: Dialect;
  readonly capabilities: Capabilities;
  /** Where it is, for people: the file's path or the account and database. */
  readonly place: string;
  openSession(): Promise<Session>;
  /** Says what sessions that begin from now on belong to, and what the warehouse does by itself, as {@link Session.tag} does. */
  tag?(tag: StatementTag): void;
  /**
   * Makes sure that no other process may write: where nobody can hold a file, a lease is held that may be lost. Within a
   * transaction of the session it holds until that ends.
   *
   * @throws WarehouseError LEASE_LOST.
   */
  requireWriter?(session: Session): Promise<void>;
  /**
   * Where a lease may be lost: a number that is higher for whoever gets it later. It stands in the names of candidates, so
   * that a process which does not know yet that it has lost it touches none of its successor's.
   */
  readonly fence?: number | undefined;
  /** The disk that it lies on, if that is known. */
  disk?(): Disk | undefined;
  /**
   * Puts a copy of what is committed at `path` by renaming, so that readers of it see the old file or the new one. For
   * engines that keep a warehouse in a file which nobody else can open while it is written.
   *
   * @throws WarehouseError PUBLISH_COPY, InterruptedError; the old file then stays.
   */
  copyTo?(path: string, signal?: AbortSignal): Promise<Copy>;
  /**
   * Makes the tables and views of another warehouse of the same engine readable as `alias.schema.name`, for all sessions
   * until this one is closed. Nobody can write to that file meanwhile.
   *
   * @throws WarehouseError WAREHOUSE_MISSING, WAREHOUSE_LOCKED after the timeout, WAREHOUSE_OPEN; UsageError ATTACH_ALIAS
   * if the alias is taken, ATTACH_FILE if the file is open here already.
   */
  attach?(alias: string, path: string, options?: LockOptions): Promise<void>;
  close(): Promise<void>;
}
