import type { DuckDBAppender, DuckDBConnection } from '@duckdb/node-api';
import type { WarehouseValue } from '../adapter.js';

/** Adds rows to a table without a statement for them, which would have to be written and parsed. */
export async function appendRows(
  connection: DuckDBConnection,
  table: string,
  rows: readonly (readonly WarehouseValue[])[],
): Promise<void> {
  const appender = await connection.createAppender(table);
  try {
    for (const row of rows) {
      for (const value of row) appendValue(appender, value);
      appender.endRow();
    }
    appender.flushSync();
  } catch (error) {
    // Closing it tries once more what has failed, and fails again.
    attempt(() => appender.closeSync());
    throw error;
  }
  appender.closeSync();
}

function appendValue(appender: DuckDBAppender, value: WarehouseValue): void {
  if (value === null) appender.appendNull();
  else if (typeof value === 'string') appender.appendVarchar(value);
  else if (typeof value === 'boolean') appender.appendBoolean(value);
  else if (typeof value === 'bigint') appender.appendHugeInt(value);
  else if (Number.isSafeInteger(value)) appender.appendBigInt(BigInt(value));
  else appender.appendDouble(value);
}

function attempt(work: () => void): void {
  try {
    work();
  } catch {
    // What has failed first is told.
  }
}
