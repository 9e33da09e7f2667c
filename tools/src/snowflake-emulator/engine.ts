/**
 * What stands between the emulator's protocol and its semantics: the server speaks HTTP and knows no SQL, an engine executes
 * statements and knows no HTTP.
 */

/** Types as `rowtype` of a response names them. */
export type WireType =
  | 'fixed'
  | 'real'
  | 'text'
  | 'boolean'
  | 'date'
  | 'time'
  | 'timestamp_ntz'
  | 'timestamp_ltz'
  | 'timestamp_tz'
  | 'binary'
  | 'variant';

export interface ResultColumn {
  /** As stored: upper case unless it was quoted. */
  readonly name: string;
  readonly type: WireType;
  readonly nullable: boolean;
  /** Of `fixed`. */
  readonly precision?: number;
  /** Of `fixed`: digits behind the point. Of times: digits of the second's fraction. */
  readonly scale?: number;
  /** Of `text` and `binary`, in characters or bytes. */
  readonly length?: number;
}

/**
 * A value of a result. `fixed` comes as bigint or, with a scale, as decimal text; `date` as YYYY-MM-DD; times and timestamps as
 * bigint of nanoseconds since midnight or since 1970 in UTC; `binary` as hex; `variant` as JSON text.
 */
export type ResultValue = string | number | bigint | boolean | null;

export interface Result {
  readonly columns: readonly ResultColumn[];
  readonly rows: readonly (readonly ResultValue[])[];
  /** select 4096, insert 12544, update 12800, delete 13056, merge 13312, and so on. */
  readonly statementTypeId: number;
}

/** A value bound to a `?`: Snowflake's type name (FIXED, TEXT, REAL, BOOLEAN, DATE, TIMESTAMP_NTZ …) and its text. */
export interface BoundValue {
  readonly type: string;
  /** Several values for array binding. */
  readonly value: string | null | readonly (string | null)[];
}

export interface StatementRequest {
  readonly queryId: string;
  readonly sql: string;
  readonly binds: readonly BoundValue[];
  /** Only the columns are wanted; nothing runs. */
  readonly describeOnly: boolean;
  /** Session parameters for this statement alone, QUERY_TAG for one; names in upper case. */
  readonly parameters: Readonly<Record<string, string | number | boolean>>;
  /** Raised when the statement is to be given up. */
  readonly signal: AbortSignal;
}

/** What a session begins with. Names as given: folded to upper case by the engine. */
export interface SessionRequest {
  readonly user: string;
  readonly database: string | undefined;
  readonly schema: string | undefined;
  readonly warehouse: string | undefined;
  readonly role: string | undefined;
  readonly parameters: Readonly<Record<string, string | number | boolean>>;
}

/** One session: its statements run one after the other and share its state, a transaction among it. */
export interface EngineSession {
  /** @throws SnowflakeError as Snowflake would answer; NotEmulated for what the engine does not know. */
  execute(request: StatementRequest): Promise<Result>;
  /** What stands in the response beside the result. */
  readonly current: {
    readonly database: string | null;
    readonly schema: string | null;
    readonly warehouse: string | null;
    readonly role: string | null;
  };
  /** Whether a transaction is open; unknown if this is left out. */
  readonly isInTransaction?: boolean;
  /** Session parameters as they now stand, as far as they were set; those of the session's beginning if this is left out. */
  readonly parameters?: Readonly<Record<string, string | number | boolean>>;
  /**
   * Takes a file that a PUT brings. Without it PUT is refused.
   *
   * @param stage as the statement names it: `@~`, `@%table` or `@name`
   * @param name in the stage, with its folder
   */
  putFile?(stage: string, name: string, bytes: Uint8Array): Promise<void>;
  /** Rolls back what is open. */
  close(): Promise<void>;
}

export interface Engine {
  openSession(request: SessionRequest): Promise<EngineSession>;
  close(): Promise<void>;
}

/** An error as Snowflake puts it: `002003` and `42S02` for an object that is not there. */
export class SnowflakeError extends Error {
  readonly code: string;
  readonly sqlState: string;
  /** Where in the statement, from 1 and from 0, if that is known. */
  readonly position: { readonly line: number; readonly column: number } | undefined;

  constructor(
    code: string,
    sqlState: string,
    message: string,
    position?: { readonly line: number; readonly column: number },
  ) {
    super(message);
    this.name = 'SnowflakeError';
    this.code = code;
    this.sqlState = sqlState;
    this.position = position;
  }
}

/** The engine does not know a statement, a clause or a function, and says so instead of pretending. */
export class NotEmulated extends SnowflakeError {
  constructor(what: string, position?: { readonly line: number; readonly column: number }) {
    super('099999', '0A000', `The emulator does not know ${what}.`, position);
    this.name = 'NotEmulated';
  }
}
