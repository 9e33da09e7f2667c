import { statfsSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { DuckDBInstance } from '@duckdb/node-api';
import type { Copy, Disk, Session, Warehouse } from '../adapter.js';
import { withSession } from '../with-session.js';
import { attachFile } from './attach.js';
import { putCopy } from './copy.js';
import { clearHolder, type LockOptions } from './lock.js';
import { DuckDbSession } from './session.js';

/** What an instance is to others: a file held for writing, a file being read, or tables in memory. */
export type Holding = 'writing' | 'reading' | 'memory';

/** A DuckDB instance. What is attached to it, every session of it sees. */
export class DuckDbWarehouse implements Warehouse {
  readonly dialect = 'duckdb';
  readonly capabilities = { transactionalDdl: true, swap: false, externalStage: false };
  readonly place: string;
  readonly copyTo?: (path: string, signal?: AbortSignal) => Promise<Copy>;
  readonly #instance: DuckDBInstance;
  readonly #holding: Holding;
  #lastCopy: Promise<unknown> = Promise.resolve();

  constructor(instance: DuckDBInstance, place: string, holding: Holding) {
    this.#instance = instance;
    this.place = place;
    this.#holding = holding;
    if (holding === 'writing') this.copyTo = (path, signal) => this.#copyTo(resolve(path), signal);
  }

  async openSession(): Promise<Session> {
    return new DuckDbSession(await this.#instance.connect());
  }

  async attach(alias: string, path: string, options: LockOptions = {}): Promise<void> {
    await withSession(this, (session) => attachFile(session, alias, resolve(path), options));
  }

  disk(): Disk | undefined {
    if (this.#holding === 'memory') return undefined;
    const { bavail, blocks, bsize } = statfsSync(dirname(this.place));
    const { size } = statSync(this.place);
    return { free: bavail * bsize, total: blocks * bsize, used: size };
  }

  async close(): Promise<void> {
    if (this.#holding === 'writing') clearHolder(this.place);
    this.#instance.closeSync();
  }

  /** One copy at a time: they would use the same temporary file. */
  #copyTo(path: string, signal: AbortSignal | undefined): Promise<Copy> {
    const copy = this.#lastCopy.then(async () => {
      const start = performance.now();
      const bytes = await withSession(this, (session) =>
        putCopy(this.place, path, () => session.execute('checkpoint'), signal),
      );
      return { bytes, seconds: (performance.now() - start) / 1000 };
    });
    this.#lastCopy = copy.catch(() => undefined);
    return copy;
  }
}
