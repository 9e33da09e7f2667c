import { quoteIdentifier } from '../../sql/identifier.js';
import { formatLiteral, type LiteralValue } from '../../sql/literal.js';

/** Who holds a lease. */
export interface LeaseHolder {
  /** Told apart by this alone: process ids repeat. */
  readonly holder: string;
  readonly purpose: string;
  readonly host: string;
  readonly pid: number;
}

/** Which lease is held: a later holder has a higher fence. */
export interface HeldLease {
  readonly holder: string;
  readonly fence: number;
}

const text = (value: LiteralValue) => formatLiteral(value, 'snowflake');

/**
 * The statements around the table of one row that says who may write. Time is the server's. That the table has one row is
 * sure because it is made with it; that one process gets it, because an update of a row waits for another's.
 */
export class LeaseStatements {
  readonly create: readonly string[];
  readonly read: string;
  readonly #table: string;
  readonly #expiry: string;

  /** @param seconds until a lease that is not renewed is over */
  constructor(schemaPrefix: string, seconds: number) {
    const schema = quoteIdentifier(`${schemaPrefix}_matinee`, 'snowflake');
    this.#table = `${schema}.${quoteIdentifier('lease', 'snowflake')}`;
    this.#expiry = `dateadd(millisecond, ${Math.round(seconds * 1000)}, sysdate())`;
    this.create = [
      `create schema if not exists ${schema}`,
      `create table if not exists ${this.#table} as select cast(0 as number(38, 0)) as fence, cast(null as varchar) as holder, cast(null as varchar) as purpose, cast(null as varchar) as host, cast(null as number(38, 0)) as pid, cast(null as timestamp_ntz(6)) as since, cast(null as timestamp_ntz(6)) as expires_at`,
    ];
    this.read = `select fence, holder, purpose, host, pid, since from ${this.#table}`;
  }

  /** Changes one row if nobody holds the lease. */
  take({ holder, purpose, host, pid }: LeaseHolder): string {
    return `update ${this.#table} set fence = fence + 1, holder = ${text(holder)}, purpose = ${text(purpose)}, host = ${text(host)}, pid = ${pid}, since = sysdate(), expires_at = ${this.#expiry} where holder is null or expires_at <= sysdate()`;
  }

  /** Changes one row if the lease is still held. */
  renew(held: HeldLease): string {
    return `update ${this.#table} set expires_at = ${this.#expiry} where ${isHeld(held)}`;
  }

  /** Changes one row if the lease is held and not over. Nobody else can change it until the transaction around it ends. */
  hold(held: HeldLease): string {
    return `${this.renew(held)} and expires_at > sysdate()`;
  }

  /** One row, with the number of leases of this holder that are not over: 1 or 0. */
  check(held: HeldLease): string {
    return `select count(*) as held from ${this.#table} where ${isHeld(held)} and expires_at > sysdate()`;
  }

  release(held: HeldLease): string {
    return `update ${this.#table} set holder = null, expires_at = null where ${isHeld(held)}`;
  }
}

const isHeld = ({ holder, fence }: HeldLease) => `holder = ${text(holder)} and fence = ${fence}`;
