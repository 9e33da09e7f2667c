import type { ModelRelationship } from '../model/semantic-model.js';

/**
 * Pairs of tables between which a filter could go two ways, a sentence each: Power BI refuses a model that has any. A filter goes from
 * the one to the many, and back only where a relationship says so.
 */
export function ambiguousPaths(relationships: readonly ModelRelationship[]): readonly string[] {
  const next = new Map<string, string[]>();
  const add = (from: string, to: string) => next.set(from, [...(next.get(from) ?? []), to]);
  for (const { from, to, filtersBothWays } of relationships) {
    add(to.table, from.table);
    if (filtersBothWays) add(from.table, to.table);
  }
  const found: string[] = [];
  for (const start of next.keys()) {
    const reached = new Set<string>();
    const walk = (table: string, path: readonly string[]) => {
      for (const to of next.get(table) ?? []) {
        if (path.includes(to)) continue;
        if (reached.has(to)) found.push(`A filter of '${start}' reaches '${to}' on two ways.`);
        else {
          reached.add(to);
          walk(to, [...path, to]);
        }
      }
    };
    walk(start, [start]);
  }
  return [...new Set(found)];
}
