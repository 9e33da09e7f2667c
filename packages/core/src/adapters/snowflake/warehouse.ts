import type { Session, Warehouse } from '../adapter.js';
import { LiveConnection } from './connection.js';
import type { Driver } from './driver.js';
import type { SnowflakeConnection } from './options.js';
import { SnowflakeSession } from './session.js';

/** An account's database. */
export class SnowflakeWarehouse implements Warehouse {
  readonly dialect = 'snowflake';
  readonly capabilities = { transactionalDdl: false, swap: true, clone: true, externalStage: true };
  readonly place: string;
  readonly #driver: Driver;
  readonly #options: SnowflakeConnection;

  constructor(driver: Driver, options: SnowflakeConnection) {
    this.#driver = driver;
    this.#options = options;
    this.place = `${options.account}/${options.database}`;
  }

  async openSession(): Promise<Session> {
    const connect = () => LiveConnection.open(this.#driver, this.#options);
    return new SnowflakeSession(this.#options, connect, await connect());
  }

  async close(): Promise<void> {}
}
