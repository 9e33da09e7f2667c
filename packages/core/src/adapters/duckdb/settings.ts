import type { DuckDBConnection } from '@duckdb/node-api';
import { UsageError } from '../../errors.js';
import { formatLiteral } from '../../sql/literal.js';
import { toWarehouseError } from './errors.js';
import { defaultMemoryLimit } from './memory.js';
import { BYTE_SIZE, isByteSize } from './size.js';
import { type SpillOptions, spillFolder } from './spill.js';

export interface InstanceOptions extends SpillOptions {
  /** How much memory DuckDB may use before it spills to disk, such as `2GB`. Default: half of what this process may use. */
  readonly memoryLimit?: string;
  /** The folder it spills to. Default: beside the file. */
  readonly temporaryFolder?: string;
  /** How much disk it may use for that, such as `50GB`. Default: 90 % of what is free when it first spills. */
  readonly maxSpill?: string;
  /** Threads of one query. Default: the number of cores. */
  readonly engineThreads?: number;
}

/**
 * Sets an instance up. One that this process has open already keeps its limits, unless others are asked for, and its
 * spill folder, which DuckDB does not change once it was used.
 *
 * @throws UsageError SETTING_INVALID, naming the setting.
 */
export async function configure(
  connection: DuckDBConnection,
  path: string,
  options: InstanceOptions,
): Promise<void> {
  for (const name of ['memoryLimit', 'maxSpill'] as const) {
    const size = options[name];
    if (size !== undefined && !isByteSize(size))
      throw new UsageError('SETTING_INVALID', `${name} takes ${BYTE_SIZE}, not '${size}'.`);
  }
  const isNew = !(await isConfigured(connection));
  const settings: Record<string, string | number | boolean | undefined> = {
    TimeZone: 'UTC',
    errors_as_json: true,
    preserve_insertion_order: false,
    memory_limit: options.memoryLimit ?? (isNew ? defaultMemoryLimit() : undefined),
    temp_directory: isNew ? spillFolder(path, options) : undefined,
    max_temp_directory_size: options.maxSpill,
    threads: options.engineThreads,
  };
  for (const [name, value] of Object.entries(settings)) {
    if (value !== undefined) await set(connection, name, value);
  }
}

/** No instance has this setting by itself, every one of ours has. */
async function isConfigured(connection: DuckDBConnection): Promise<boolean> {
  const reader = await connection.runAndReadAll(`select current_setting('errors_as_json') as done`);
  return reader.getRowObjects()[0]?.done === true;
}

async function set(
  connection: DuckDBConnection,
  name: string,
  value: string | number | boolean,
): Promise<void> {
  await connection.run(`set global ${name} = ${formatLiteral(value, 'duckdb')}`).catch((error: unknown) => {
    throw new UsageError('SETTING_INVALID', `DuckDB refuses ${name} = ${value}.`, {
      cause: toWarehouseError(error),
    });
  });
}
