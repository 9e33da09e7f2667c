import { writeFileSync } from 'node:fs';
import { DuckDBInstance } from '@duckdb/node-api';

/** Runs statements on a warehouse behind the engine's back. */
export async function tamper(database: string, ...statements: readonly string[]): Promise<void> {
  const instance = await DuckDBInstance.create(database);
  const connection = await instance.connect();
  try {
    for (const statement of statements) await connection.run(statement);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/** Overwrites a file's beginning. */
export function scribble(database: string): void {
  writeFileSync(database, 'no DuckDB file any more');
}
