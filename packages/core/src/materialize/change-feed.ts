import { sqlType } from '../adapters/column-types.js';
import type { Columns } from '../nodes/column.js';
import type { Dialect } from '../sql/dialect.js';
import { quoteIdentifier } from '../sql/identifier.js';
import { formatLiteral } from '../sql/literal.js';
import { rounded } from './rows-digest.js';

/**
 * The changes of one relation's rows, in a table: to_version, change (`insert`, `update`, `delete`), and for each tracked
 * column its old and new value.
 */
export interface FeedTable {
  /** Quoted. */
  readonly name: string;
  /** The relation's key, and the columns that others map by. */
  readonly tracked: readonly string[];
  /** Doubles count as changed with their last digit, as tracked ones always do. */
  readonly isExact: boolean;
  readonly columns: Columns;
  readonly dialect: Dialect;
}

export function createFeed({ name, tracked, columns, dialect }: FeedTable): readonly string[] {
  const values = tracked.flatMap((column) =>
    (['old', 'new'] as const).map(
      (side) => `${sideOf(side, column, dialect)} ${sqlType(columns[column]?.type ?? 'text', dialect)}`,
    ),
  );
  const kind = dialect === 'snowflake' ? 'transient table' : 'table';
  return [`create ${kind} if not exists ${name} (to_version varchar, change varchar, ${values.join(', ')})`];
}

export interface Difference {
  readonly key: readonly string[];
  /** Relations or bracketed queries: the rows as they were and as they will be. */
  readonly before: string;
  readonly after: string;
  readonly toVersion: string;
}

/** A statement that writes down how rows differ. Computed doubles are the same within 12 significant digits. */
export function recordChanges(feed: FeedTable, { key, before, after, toVersion }: Difference): string {
  const { name, tracked, columns, isExact, dialect } = feed;
  const q = (column: string) => quoteIdentifier(column, dialect);
  const [first = ''] = key;
  const sameKey = key.map((column) => `old_rows.${q(column)} = new_rows.${q(column)}`).join(' and ');
  const others = Object.entries(columns).filter(([column]) => !key.includes(column));
  const differs = others.map(([column, { type }]) => {
    const [old, now] = ['old_rows', 'new_rows'].map((side) => `${side}.${q(column)}`) as [string, string];
    return type === 'double' && !isExact && !tracked.includes(column)
      ? `${rounded(old)} is distinct from ${rounded(now)}`
      : `${old} is distinct from ${now}`;
  });
  const change = `case when old_rows.${q(first)} is null then 'insert' when new_rows.${q(first)} is null then 'delete' else 'update' end`;
  const values = tracked.flatMap((column) => [`old_rows.${q(column)}`, `new_rows.${q(column)}`]);
  const where = [`old_rows.${q(first)} is null`, `new_rows.${q(first)} is null`, ...differs].join('\n  or ');
  return `insert into ${name}
select ${formatLiteral(toVersion, dialect)}, ${change}, ${values.join(', ')}
from ${before} as old_rows
full join ${after} as new_rows on ${sameKey}
where ${where}`;
}

/** A query for the distinct values of some columns, old and new, in the changes that led to some versions. */
export function changedValues(
  { name, dialect }: Pick<FeedTable, 'name' | 'dialect'>,
  toVersions: readonly string[],
  columns: Readonly<Record<string, string>>,
): string {
  const versions = toVersions.map((version) => formatLiteral(version, dialect)).join(', ');
  const side = (which: 'old' | 'new') => {
    const values = Object.entries(columns).map(
      ([from, to]) => `${sideOf(which, from, dialect)} as ${quoteIdentifier(to, dialect)}`,
    );
    const unless = which === 'old' ? 'insert' : 'delete';
    return `select ${values.join(', ')} from ${name} where to_version in (${versions}) and change <> '${unless}'`;
  };
  return `${side('old')}\nunion\n${side('new')}`;
}

function sideOf(side: 'old' | 'new', column: string, dialect: Dialect): string {
  return quoteIdentifier(`${side}_${column}`, dialect);
}
