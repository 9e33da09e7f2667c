import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, resolve } from 'node:path';
import type { DuckDBInstance } from '@duckdb/node-api';
import type { Warehouse } from '../adapter.js';
import { type LockOptions, waitForLock, writeHolder } from './lock.js';
import { configure, type InstanceOptions } from './settings.js';
import { DuckDbWarehouse, type Holding } from './warehouse.js';

export interface DuckDbOptions extends InstanceOptions, LockOptions {
  /** The file, or `:memory:`. Its folder is made if need be. */
  readonly path: string;
  readonly readOnly?: boolean;
  /** What this process does with the file, told to whoever waits for it. */
  readonly purpose?: string;
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
  const holding: Holding = inMemory ? 'memory' : options.readOnly ? 'reading' : 'writing';
  const driver = loadDriver();
  const open = () => {
    if (holding === 'writing') mkdirSync(dirname(path), { recursive: true });
    return createInstance(driver, path, options);
  };
  const instance = await waitForLock(path, async () => open(), options);
  try {
    if (holding === 'writing') writeHolder(path, options.purpose ?? 'matinee');
  } catch (error) {
    instance.closeSync();
    throw error;
  }
  return new DuckDbWarehouse(instance, path, holding);
}

/**
 * The driver, which only commands that need a warehouse wait for. It is CommonJS: an `import` would first look through its
 * files for names to export, and take 0.17 s instead of 0.08.
 */
function loadDriver(): typeof import('@duckdb/node-api') {
  return createRequire(import.meta.url)('@duckdb/node-api');
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
    await configure(connection, path, options);
  } catch (error) {
    connection.closeSync();
    instance.closeSync();
    throw error;
  }
  connection.closeSync();
  return instance;
}
