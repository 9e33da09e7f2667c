import { DuckDBInstance } from '@duckdb/node-api';
import { type Dialect, type Renderable, renderSql } from '@matinee/core';
import { DuckDbEngine } from '../../src/snowflake-emulator/engine/index.js';
import { openSession } from '../snowflake-emulator/engine-session.js';

/** An engine that runs SQL of its dialect: DuckDB itself, or our emulator of Snowflake. */
export interface Engine {
  readonly dialect: Dialect;
  /** The rows, numbers as numbers, dates as `YYYY-MM-DD`. */
  query(query: Renderable | string): Promise<readonly (readonly unknown[])[]>;
  close(): Promise<void>;
}

export async function openEngines(): Promise<readonly Engine[]> {
  return [await duckDb(), await snowflake()];
}

async function duckDb(): Promise<Engine> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  const connection = await instance.connect();
  return {
    dialect: 'duckdb',
    query: async (query) =>
      (await connection.runAndReadAll(text(query, 'duckdb'))).getRows().map((row) => row.map(plain)),
    close: async () => {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

async function snowflake(): Promise<Engine> {
  const engine = await DuckDbEngine.open({ databases: ['DB'], threads: 1 });
  const session = await openSession(engine);
  return {
    dialect: 'snowflake',
    query: async (query) => (await session.rows(text(query, 'snowflake'))).map((row) => row.map(plain)),
    close: () => engine.close(),
  };
}

function text(query: Renderable | string, dialect: Dialect): string {
  if (typeof query === 'string') return query;
  return query[renderSql]({
    dialect,
    incremental: false,
    relation: ({ name }) => name,
    self: () => 'self',
    variable: (_, fallback) => fallback,
  });
}

function plain(value: unknown): unknown {
  if (value === null || typeof value === 'number') return value;
  const written = String(value);
  return /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(written) ? Number(written) : written;
}
