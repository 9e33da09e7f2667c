import type { Dialect } from '../sql/dialect.js';

/** A value as an adapter hands it out: ints beyond 2⁵³ as bigint, dates and timestamps as text in UTC. */
export type WarehouseValue = string | number | bigint | boolean | null;

export type WarehouseRow = Readonly<Record<string, WarehouseValue>>;

/** A column as the engine describes it, with the engine's own type name. */
export interface DescribedColumn {
  readonly name: string;
  readonly type: string;
}

/** What an engine can do. Materializers ask for these, never for an engine's name. */
export interface Capabilities {
  /** Create, rename and drop can be rolled back. */
  readonly transactionalDdl: boolean;
  /** Two tables can trade names in one statement. */
  readonly swap: boolean;
  /** A table can be copied without copying its data. */
  readonly clone: boolean;
  /** Files can be loaded by the engine itself from where they lie. */
  readonly externalStage: boolean;
}

/** One conversation with the warehouse. Statements of one session run one after the other. */
export interface Session {
  /** Runs a statement. @returns the number of rows it changed, 0 where that makes no sense. */
  execute(sql: string): Promise<number>;
  query(sql: string): Promise<readonly WarehouseRow[]>;
  /** The columns that a query would return; nothing runs. */
  describe(sql: string): Promise<readonly DescribedColumn[]>;
  /** Runs `work` between begin and commit; rolls back and rethrows if it fails. */
  transaction<T>(work: () => Promise<T>): Promise<T>;
  /** Asks the running statement to stop; it then fails. */
  interrupt(): void;
  close(): Promise<void>;
}

/** An open warehouse. */
export interface Warehouse {
  readonly dialect: Dialect;
  readonly capabilities: Capabilities;
  /** Where it is, for people: the file's path or the account and database. */
  readonly place: string;
  openSession(): Promise<Session>;
  /** Bytes that can still be written where it lies, if that is known. */
  freeBytes?(): number | undefined;
  close(): Promise<void>;
}
