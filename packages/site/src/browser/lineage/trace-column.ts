import type { ColumnEdge } from '../../contract/docs.js';

/** A column's lineage: all it is made of and all that is made of it. */
export interface ColumnTrace {
  /** Columns by node, the column itself among them. */
  readonly columns: ReadonlyMap<string, readonly string[]>;
  readonly edges: readonly ColumnEdge[];
}

type Place = readonly [node: string, column: string];

const keyOf = ([node, column]: Place) => `${node}\u0000${column}`;

/** Follows a column upstream and downstream. What lies beside its way (another child of its parent) is no part of it. */
export function traceColumn(edges: readonly ColumnEdge[], start: Place): ColumnTrace {
  const kept = new Set<ColumnEdge>();
  const columns = new Map<string, Set<string>>();
  const keep = ([node, column]: Place) => columns.set(node, (columns.get(node) ?? new Set()).add(column));
  keep(start);
  for (const [near, far] of [
    ['to', 'from'],
    ['from', 'to'],
  ] as const) {
    const byEnd = new Map<string, ColumnEdge[]>();
    for (const edge of edges) {
      const key = keyOf(edge[near]);
      const list = byEnd.get(key);
      if (list) list.push(edge);
      else byEnd.set(key, [edge]);
    }
    const seen = new Set([keyOf(start)]);
    const queue: Place[] = [start];
    for (let place = queue.pop(); place; place = queue.pop()) {
      for (const edge of byEnd.get(keyOf(place)) ?? []) {
        kept.add(edge);
        keep(edge[far]);
        if (seen.has(keyOf(edge[far]))) continue;
        seen.add(keyOf(edge[far]));
        queue.push(edge[far]);
      }
    }
  }
  return {
    columns: new Map([...columns].map(([node, names]) => [node, [...names].sort()])),
    edges: [...kept],
  };
}
