import type { DescribedColumn } from '../adapters/adapter.js';
import { fits } from '../adapters/column-types.js';
import type { Columns } from '../nodes/column.js';

/** What a query returns against what a contract declares: one sentence a difference, none if it holds. */
export function contractDifferences(
  columns: Columns,
  described: readonly DescribedColumn[],
): readonly string[] {
  const returned = new Map(described.map((column) => [column.name.toLowerCase(), column]));
  const declared = new Set(Object.keys(columns).map((name) => name.toLowerCase()));
  const differences: string[] = [];
  for (const [name, column] of Object.entries(columns)) {
    const found = returned.get(name.toLowerCase());
    if (!found) differences.push(`column '${name}' is declared but not returned`);
    else if (!fits(found.type, column.type)) {
      differences.push(`column '${name}' is declared ${column.type} but the query returns ${found.type}`);
    }
  }
  for (const { name } of described) {
    if (!declared.has(name.toLowerCase())) differences.push(`column '${name}' is returned but not declared`);
  }
  if (returned.size < described.length) differences.push('two returned columns have the same name');
  return differences;
}
