import { mkdirSync, statfsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { DuckDBInstance } from '@duckdb/node-api';
import { UsageError } from '../../errors.js';
import { formatLiteral } from '../../sql/literal.js';
import type { Session, Warehouse } from '../adapter.js';
import { toWarehouseError } from './errors.js';
import { clearHolder, type LockHolder, waitForLock, writeHolder } from './lock.js';
import { DuckDbSession } from './session.js';

export interface DuckDbOptions {
  /** The file, or `:memory:`. Its folder is made if need be. */
  readonly path: string;
  readonly readOnly?: boolean;
  /** How much memory DuckDB may use before it spills to disk, such as `2GB`. */
  readonly memoryLimit?: string;
  /** Where it spills to. Default: beside the file. */
  readonly temporaryFolder?: string;
  /** Threads of one query. Default: the number of cores. */
  readonly engineThreads?: number;
  /** How long to wait for another process to let go of the file, in seconds. Default 600. */
  readonly lockTimeout?: number;
  /** What this process does with the file, told to whoever waits for it. */
  readonly purpose?: string;
  /** Called once when another process holds the file. */
  readonly onWait?: (holder: LockHolder) => void;
  readonly signal?: AbortSignal;
}

/**
 * Opens a DuckDB file for this process alone. There is one instance per file and process: two would lose each
 * other's transactions.
 *
 * @throws WarehouseError WAREHOUSE_LOCKED after the timeout; WAREHOUSE_OPEN if it is no DuckDB file or not writable.
 */
export async function openDuckDb(options: DuckDbOptions): Promise<Warehouse> {
  const inMemory = options.path === ':memory:';
  const path = inMemory ? options.path : resolve(options.path);
  // Loading the driver takes 0.2 s, which commands that need no warehouse are spared.
  const driver = await import('@duckdb/node-api');
  const open = () => {
    if (!inMemory && !options.readOnly) mkdirSync(dirname(path), { recursive: true });
    return createInstance(driver, path, options);
  };
  const instance = await waitForLock(path, async () => open(), options);
  if (!inMemory && !options.readOnly) writeHolder(path, options.purpose ?? 'matinee');
  return new DuckDbWarehouse(instance, path, !inMemory && !options.readOnly);
}

async function createInstance(
  { DuckDBInstance }: typeof import('@duckdb/node-api'),
  path: string,
  options: DuckDbOptions,
): Promise<DuckDBInstance> {
  const instance =
    path === ':memory:'
      ? await DuckDBInstance.create(path)
      : await DuckDBInstance.fromCache(path, options.readOnly ? { access_mode: 'READ_ONLY' } : {});
  const connection = await instance.connect();
  try {
    const settings: Record<string, string | number | boolean | undefined> = {
      TimeZone: 'UTC',
      errors_as_json: true,
      preserve_insertion_order: false,
      memory_limit: options.memoryLimit,
      temp_directory: options.temporaryFolder,
      threads: options.engineThreads,
    };
    for (const [name, value] of Object.entries(settings)) {
      if (value === undefined) continue;
      await connection
        .run(`set global ${name} = ${formatLiteral(value, 'duckdb')}`)
        .catch((error: unknown) => {
          throw new UsageError('SETTING_INVALID', `DuckDB refuses ${name} = ${value}.`, {
            cause: toWarehouseError(error),
          });
        });
    }
  } catch (error) {
    connection.closeSync();
    instance.closeSync();
    throw error;
  }
  connection.closeSync();
  return instance;
}

class DuckDbWarehouse implements Warehouse {
  readonly dialect = 'duckdb';
  readonly capabilities = { transactionalDdl: true, swap: false, clone: false, externalStage: false };
  readonly place: string;
  readonly #instance: DuckDBInstance;
  readonly #holdsFile: boolean;

  constructor(instance: DuckDBInstance, place: string, holdsFile: boolean) {
    this.#instance = instance;
    this.place = place;
    this.#holdsFile = holdsFile;
  }

  async openSession(): Promise<Session> {
    return new DuckDbSession(await this.#instance.connect());
  }

  freeBytes(): number | undefined {
    if (this.place === ':memory:') return undefined;
    const { bavail, bsize } = statfsSync(dirname(this.place));
    return bavail * bsize;
  }

  async close(): Promise<void> {
    if (this.#holdsFile) clearHolder(this.place);
    this.#instance.closeSync();
  }
}
