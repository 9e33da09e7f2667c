/** The SQL dialects that Matinee writes. */
export type Dialect = 'duckdb' | 'snowflake';

export const dialects: readonly Dialect[] = ['duckdb', 'snowflake'];
