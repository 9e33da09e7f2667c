import { sqlType } from '../adapters/column-types.js';
import { provenanceColumns, type Source } from '../nodes/source.js';
import type { Dialect } from '../sql/dialect.js';
import { quoteIdentifier } from '../sql/identifier.js';
import { createOrReplace } from './table.js';

/** Statements that build a source's table without any delivery. */
export function createEmptySource(table: string, source: Source, dialect: Dialect): readonly string[] {
  const columns = [
    ...Object.entries(source.columns).map(([name, { type }]) => [name, type] as const),
    ...Object.values(provenanceColumns).map((name) => [name, 'text'] as const),
  ].map(([name, type]) => `${quoteIdentifier(name, dialect)} ${sqlType(type, dialect)}`);
  return [`${createOrReplace(dialect)} ${table} (${columns.join(', ')})`];
}
