import type { LockOptions } from '../duckdb/lock.js';
import type { Credentials } from './credentials.js';

/** How long things may take, in seconds. */
export interface SnowflakeLimits {
  /** To log in. Default 60. */
  readonly connectTimeout?: number;
  /** Without any sign of life from Snowflake while a statement runs. More than the 45 it may hold an answer back. Default 90. */
  readonly networkTimeout?: number;
  /** Until a cancelled statement must have ended; its connection is then given up. Default 15. */
  readonly cancelTimeout?: number;
  /** That this process may stand still in a transaction before it gives it up: Snowflake may end it after 300. Default 240. */
  readonly transactionTimeout?: number;
  /** Until others may write if nothing is heard of this process. It is heard of four times in between. Default 120. */
  readonly leaseTime?: number;
}

/** Where a Snowflake warehouse is, and who asks. */
export interface SnowflakeConnection extends SnowflakeLimits {
  /** Such as `MYORG-MYACCOUNT`. */
  readonly account: string;
  /** Tokens know their user. */
  readonly user?: string;
  readonly role?: string;
  /** What computes; Snowflake calls it a warehouse. */
  readonly warehouse?: string;
  readonly database: string;
  readonly credentials: Credentials;
  /** The URL of a private link or an emulator. Default: the account's own. */
  readonly accessUrl?: string;
}

export interface SnowflakeOptions extends SnowflakeConnection, LockOptions {
  /** Stands in front of every schema name. */
  readonly schemaPrefix?: string;
  /** Takes no lease: nothing is published through this warehouse. */
  readonly readOnly?: boolean;
  /** What this process does, told to whoever waits for it. */
  readonly purpose?: string;
  /** Told what the driver warns of. It tells nobody if this is left out. */
  readonly onDriverLog?: (message: string) => void;
}
