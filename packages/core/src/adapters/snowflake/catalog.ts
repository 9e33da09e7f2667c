import { quoteIdentifier } from '../../sql/identifier.js';
import { formatLiteral } from '../../sql/literal.js';
import type { StoredKind } from '../adapter.js';

/** How many objects Snowflake lists at most. */
export const PAGE = 10_000;

/** @param after the stored name that the page before ended with */
export function showObjects(schema: string, database: string | undefined, after?: string): string {
  const from = after === undefined ? '' : ` from ${formatLiteral(after, 'snowflake')}`;
  return `show objects in schema ${qualified(schema, database)} limit ${PAGE}${from}`;
}

export function showColumns(schema: string, database: string | undefined): string {
  return `show columns in schema ${qualified(schema, database)}`;
}

/** Slower than SHOW, but without its limit. */
export function selectColumns(schema: string, database: string | undefined): string {
  const catalog = database === undefined ? '' : `${quote(database)}.`;
  return `select table_name, column_name from ${catalog}information_schema.columns where table_schema = ${formatLiteral(schema.toUpperCase(), 'snowflake')}`;
}

/** The name of ours that a stored name stands for; undefined if our quoting never means it, such as "Films". */
export function ownName(stored: unknown): string | undefined {
  return typeof stored === 'string' && stored === stored.toUpperCase() ? stored.toLowerCase() : undefined;
}

export function storedKind(kind: unknown): StoredKind {
  return String(kind).toUpperCase().includes('VIEW') ? 'view' : 'table';
}

const quote = (name: string) => quoteIdentifier(name, 'snowflake');

const qualified = (schema: string, database: string | undefined) =>
  `${database === undefined ? '' : `${quote(database)}.`}${quote(schema)}`;
