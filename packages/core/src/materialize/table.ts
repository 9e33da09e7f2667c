import type { Dialect } from '../sql/dialect.js';

/** Statements that build a table under a name, replacing what an earlier build left there. */
export function createTable(name: string, select: string, dialect: Dialect): readonly string[] {
  return dialect === 'snowflake'
    ? [`create or replace transient table ${name} as\n${select}`]
    : [`create or replace table ${name} as\n${select}`];
}
