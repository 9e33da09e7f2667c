import type { Dialect } from '../sql/dialect.js';
import { quoteIdentifier } from '../sql/identifier.js';

/** What is special about a table on engines that know of such things. */
export interface TableOptions {
  /** Kept safe for days after it was dropped, for it cannot be computed again. */
  readonly permanent?: boolean;
  /** Columns by which the rows are kept together. */
  readonly clusterBy?: readonly string[];
  /** The quoted name of a table whose grants it takes over. */
  readonly grantsOf?: string | undefined;
}

/** Statements that build a table under a name, replacing what an earlier build left there. */
export function createTable(
  name: string,
  select: string,
  dialect: Dialect,
  { permanent, clusterBy = [], grantsOf }: TableOptions = {},
): readonly string[] {
  const create = createOrReplace(dialect, permanent);
  if (dialect === 'duckdb') return [`${create} ${name} as\n${select}`];
  const cluster = clusterBy.map((column) => quoteIdentifier(column, dialect)).join(', ');
  return [
    // Grants are copied from a table that is replaced, so one that has them is put there first.
    ...(grantsOf ? [`${create} ${name} like ${grantsOf} copy grants`] : []),
    `${create} ${name}${cluster && ` cluster by (${cluster})`}${grantsOf ? ' copy grants' : ''} as\n${select}`,
  ];
}

/** The beginning of a statement that makes a table. */
export function createOrReplace(dialect: Dialect, permanent = false): string {
  return dialect === 'snowflake' && !permanent
    ? 'create or replace transient table'
    : 'create or replace table';
}
