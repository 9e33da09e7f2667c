import { WarehouseError } from '../../errors.js';
import type { Session, StatementTag, Warehouse } from '../adapter.js';
import { LiveConnection } from './connection.js';
import type { Driver } from './driver.js';
import { Lease, type LeaseOptions } from './lease.js';
import type { SnowflakeConnection } from './options.js';
import { SnowflakeSession } from './session.js';

/** A database of an account. */
export class SnowflakeWarehouse implements Warehouse {
  readonly dialect = 'snowflake';
  readonly capabilities = { transactionalDdl: false, swap: true, externalStage: true };
  readonly place: string;
  readonly #driver: Driver;
  readonly #options: SnowflakeConnection;
  #lease: Lease | undefined;
  #tag: StatementTag | undefined;

  constructor(driver: Driver, options: SnowflakeConnection) {
    this.#driver = driver;
    this.#options = options;
    this.place = `${options.account}/${options.database}`;
  }

  get fence(): number | undefined {
    return this.#lease?.fence;
  }

  async openSession(): Promise<Session> {
    const connect = (tag: StatementTag | undefined) => LiveConnection.open(this.#driver, this.#options, tag);
    return new SnowflakeSession(this.#options, connect, await connect(this.#tag), this.#tag);
  }

  tag(tag: StatementTag): void {
    this.#tag = tag;
    this.#lease?.tag(tag);
  }

  /** Waits for the right to write. @throws WarehouseError WAREHOUSE_LOCKED; InterruptedError. */
  async acquireLease(options: LeaseOptions): Promise<void> {
    this.#lease = await Lease.acquire(await this.openSession(), this.place, options);
  }

  async requireWriter(session: Session): Promise<void> {
    const isOpen = session instanceof SnowflakeSession && session.isInTransaction;
    if (this.#lease) return this.#lease.require(session, isOpen);
    throw new WarehouseError(
      'LEASE_LOST',
      `${this.place} was opened for reading: nothing is published there.`,
    );
  }

  async close(): Promise<void> {
    await this.#lease?.release();
    this.#lease = undefined;
  }
}
