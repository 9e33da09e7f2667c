import { sqlType, storedType } from '../adapters/column-types.js';
import type { Columns } from '../nodes/column.js';
import type { Dialect } from '../sql/dialect.js';
import { quoteIdentifier } from '../sql/identifier.js';

/** The query's columns by name, in the contract's order and types. `stored` uses the engine's cheapest type. */
export function contractSelect(query: string, columns: Columns, dialect: Dialect, stored = false): string {
  const casts = Object.entries(columns).map(([name, column]) => {
    const type = stored ? storedType(column, dialect) : sqlType(column.type, dialect);
    return `  cast(${quoteIdentifier(name, dialect)} as ${type}) as ${quoteIdentifier(name, dialect)}`;
  });
  return `select\n${casts.join(',\n')}\nfrom (${query}\n)`;
}
