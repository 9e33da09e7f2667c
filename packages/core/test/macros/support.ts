import { DuckDBInstance } from '@duckdb/node-api';
import { expect } from 'vitest';
import { type Dialect, dialects, type Renderable, renderSql } from '../../src/index.js';

/** The SQL of a macro call in one dialect, relations by their bare name. */
export function render(renderable: Renderable, dialect: Dialect): string {
  return renderable[renderSql]({
    dialect,
    incremental: false,
    relation: (node) => node.name,
    self: () => 'self',
    variable: (_, fallback) => fallback,
  });
}

/** Asserts the SQL of every dialect; a dialect without golden SQL does not compile. */
export function expectSql(renderable: Renderable, golden: Record<Dialect, string>): void {
  for (const dialect of dialects) expect(render(renderable, dialect), dialect).toBe(golden[dialect]);
}

/** Runs a query on DuckDB. Ints come as numbers or, beyond 2⁵³, as text; the columns as arrays of rows. */
export async function run(query: Renderable, setup: readonly string[] = []): Promise<unknown[][]> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  try {
    for (const statement of setup) await connection.run(statement);
    const result = await connection.runAndReadAll(render(query, 'duckdb'));
    return result.getRows().map((row) => row.map(plain));
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

function plain(value: unknown): unknown {
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  return typeof value === 'object' && value !== null ? String(value) : value;
}
