import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { InterruptedError, StatementError, WarehouseError } from '../../errors.js';
import type { Session, StatementTag } from '../adapter.js';
import { describeHolder, type LockHolder, type LockOptions } from '../duckdb/lock.js';
import { type HeldLease, type LeaseHolder, LeaseStatements } from './lease-statements.js';

export interface LeaseOptions extends LockOptions {
  readonly schemaPrefix?: string;
  readonly leaseTime?: number;
  readonly purpose?: string;
}

const LEASE_TIME = 120;
const LOCK_TIMEOUT = 600;
/** How often a lease is renewed before it would be over: one slow answer is no loss. */
const RENEWALS = 4;
const POLL_MS = 2000;

/**
 * The right to write to a target, which one process has at a time. It is renewed in a session of its own, and over when that
 * has not been done for a while: the process is then gone, or cannot be heard.
 */
export class Lease {
  readonly #session: Session;
  readonly #statements: LeaseStatements;
  readonly #held: HeldLease;
  readonly #timer: NodeJS.Timeout;
  #isLost = false;
  #renewing: Promise<unknown> | undefined;

  private constructor(session: Session, statements: LeaseStatements, held: HeldLease, seconds: number) {
    this.#session = session;
    this.#statements = statements;
    this.#held = held;
    this.#timer = setInterval(() => this.#renew(), (seconds * 1000) / RENEWALS);
    this.#timer.unref();
  }

  /**
   * Waits until no other process holds the lease, and takes it.
   *
   * @param session closed with the lease, or if it is not got
   * @param place of the warehouse, for people
   * @throws WarehouseError WAREHOUSE_LOCKED after the timeout; InterruptedError.
   */
  static async acquire(session: Session, place: string, options: LeaseOptions): Promise<Lease> {
    const { leaseTime = LEASE_TIME, schemaPrefix = '' } = options;
    const statements = new LeaseStatements(schemaPrefix, leaseTime);
    try {
      const fence = await waitForLease(session, statements, place, options);
      return new Lease(session, statements, fence, leaseTime);
    } catch (error) {
      await session.close();
      throw error;
    }
  }

  /**
   * Makes sure that the lease is held; with `lock`, until the transaction of the session ends.
   *
   * @throws WarehouseError LEASE_LOST
   */
  async require(session: Session, lock: boolean): Promise<void> {
    if (!this.#isLost && (await this.#isHeld(session, lock))) return;
    this.#isLost = true;
    throw new WarehouseError(
      'LEASE_LOST',
      'Another process may write to this target by now: nothing more is published.',
      {
        hint: 'Let that process end, then build again. Long pauses of this machine or of its network lose the lease.',
      },
    );
  }

  async #isHeld(session: Session, lock: boolean): Promise<boolean> {
    if (lock) return (await session.execute(this.#statements.hold(this.#held))) === 1;
    const [row] = await session.query(this.#statements.check(this.#held));
    return row?.held === 1;
  }

  /** Higher than that of whoever held it before. */
  get fence(): number {
    return this.#held.fence;
  }

  /** Says what the statements that keep the lease belong to from now on. */
  tag(tag: StatementTag): void {
    this.#session.tag?.(tag);
  }

  /** Lets the next one write. */
  async release(): Promise<void> {
    clearInterval(this.#timer);
    await this.#renewing;
    // If this cannot be said, the lease is over by itself before long.
    if (!this.#isLost)
      await this.#session.execute(this.#statements.release(this.#held)).catch(() => undefined);
    await this.#session.close();
  }

  #renew(): void {
    this.#renewing ??= this.#session
      .execute(this.#statements.renew(this.#held))
      .then(
        (renewed) => {
          if (renewed === 0) this.#isLost = true;
        },
        // What cannot be renewed now may be the next time; whether it is held is asked of the server.
        () => undefined,
      )
      .finally(() => {
        this.#renewing = undefined;
      });
  }
}

async function waitForLease(
  session: Session,
  statements: LeaseStatements,
  place: string,
  { lockTimeout = LOCK_TIMEOUT, leaseTime = LEASE_TIME, onWait, signal, purpose = 'matinee' }: LeaseOptions,
): Promise<HeldLease> {
  const self: LeaseHolder = { holder: randomUUID(), purpose, host: hostname(), pid: process.pid };
  const deadline = performance.now() + lockTimeout * 1000;
  for (let isTold = false; ; isTold = true) {
    await take(session, statements, self);
    const [row] = await session.query(statements.read);
    if (row?.holder === self.holder) return { holder: self.holder, fence: Number(row.fence) };
    const other: LockHolder = {
      pid: row?.pid === null || row?.pid === undefined ? undefined : Number(row.pid),
      host: row?.host === null || row?.host === undefined ? undefined : String(row.host),
      purpose: row?.purpose === null || row?.purpose === undefined ? undefined : String(row.purpose),
      since:
        row?.since === null || row?.since === undefined
          ? undefined
          : `${String(row.since).replace(' ', 'T')}Z`,
    };
    if (performance.now() >= deadline) throw locked(place, other, lockTimeout);
    if (!isTold) onWait?.(other);
    const pause = Math.min(POLL_MS, (leaseTime * 1000) / RENEWALS);
    await sleep(pause, undefined, signal ? { signal } : {}).catch(() => {
      throw new InterruptedError();
    });
  }
}

/** Takes the lease if it is free. The first process of all finds no table. */
async function take(session: Session, statements: LeaseStatements, self: LeaseHolder): Promise<void> {
  try {
    await session.execute(statements.take(self));
  } catch (error) {
    if (!(error instanceof StatementError && /does not exist/i.test(error.message))) throw error;
    for (const sql of statements.create) await session.execute(sql);
    await session.execute(statements.take(self));
  }
}

function locked(place: string, holder: LockHolder, seconds: number): WarehouseError {
  return new WarehouseError(
    'WAREHOUSE_LOCKED',
    `${place} is held by ${describeHolder(holder)}; gave up after ${seconds} s.`,
    {
      hint: 'Let that process end or stop it, or wait longer with --lock-timeout SECONDS. If it was killed, it is held for two minutes more at most.',
    },
  );
}
