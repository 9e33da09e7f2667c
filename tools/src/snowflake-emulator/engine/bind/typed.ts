import type { SqlType } from '../types.js';

/** An expression in DuckDB's SQL, and the type that Snowflake gives it. */
export interface Typed {
  readonly sql: string;
  readonly type: SqlType;
}

export interface BoundColumn extends Typed {
  /** As stored. */
  readonly name: string;
}

/** A query in DuckDB's SQL; its columns are read by `physicalName` of their place. */
export interface BoundQuery {
  readonly sql: string;
  readonly columns: readonly { readonly name: string; readonly type: SqlType }[];
}

/** How DuckDB calls a column: its number keeps "a" and "A" apart, its name is for messages. */
export function physicalName(ordinal: number, name: string): string {
  return quote(`${ordinal}:${name}`);
}

export function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

export function literal(value: string): string {
  const quoted = `'${value.replaceAll("'", "''").split('\0').join("' || chr(0) || '")}'`;
  return value.includes('\0') ? `(${quoted})` : quoted;
}
