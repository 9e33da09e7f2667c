import type { Dialect } from '@matinee/core';

/** Engines as people call them. */
export const ENGINES: Readonly<Record<Dialect, string>> = { duckdb: 'DuckDB', snowflake: 'Snowflake' };
