import { quoteIdentifier } from '@matinee/core';
import type { RawTable } from './raw-table.js';

/**
 * The quoted name of a temporary table of the session. Snowflake keeps those in a schema, and a session may have none at
 * hand: so they stand in the raw table's.
 */
export function temporaryTable({ name, dialect }: Pick<RawTable, 'name' | 'dialect'>, what: string): string {
  const own = quoteIdentifier(`matinee_${what}`, dialect);
  return dialect === 'duckdb' ? `temp.${own}` : `${schemaOf(name)}${own}`;
}

/** What stands before the last part of a quoted name, its point included. */
export function schemaOf(name: string): string {
  return /^((?:"(?:[^"]|"")*"\.)*)/.exec(name)?.[1] ?? '';
}
