import type { DirectedGraph } from 'graphology';

/** The names of one cycle of a graph, each read by the next; empty if there is none. */
export function findCycle(graph: DirectedGraph): readonly string[] {
  const done = new Set<string>();
  const path: string[] = [];
  const visit = (name: string): readonly string[] => {
    const start = path.indexOf(name);
    if (start >= 0) return path.slice(start);
    if (done.has(name)) return [];
    path.push(name);
    for (const next of graph.outNeighbors(name)) {
      const cycle = visit(next);
      if (cycle.length > 0) return cycle;
    }
    path.pop();
    done.add(name);
    return [];
  };
  for (const name of graph.nodes()) {
    const cycle = visit(name);
    if (cycle.length > 0) return cycle;
  }
  return [];
}
