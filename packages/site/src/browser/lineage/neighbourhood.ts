/** Which nodes of a lineage are looked at. */
export interface Scope {
  /** The node in the middle; undefined for all. */
  readonly focus: string | undefined;
  /** Steps upstream and downstream of it. */
  readonly up: number;
  readonly down: number;
  /** Only nodes of these domains, and the focus; none chosen means all. */
  readonly domains: readonly string[];
}

interface Known {
  readonly name: string;
  readonly domain: string;
  readonly reads: readonly string[];
}

/** The names of the nodes in a scope, in the order in which they are known. */
export function inScope(
  nodes: readonly Known[],
  readBy: ReadonlyMap<string, readonly string[]>,
  { focus, up, down, domains }: Scope,
): readonly string[] {
  const reads = new Map(nodes.map((node) => [node.name, node.reads]));
  const chosen =
    focus === undefined
      ? undefined
      : new Set([focus, ...walk(focus, reads, up), ...walk(focus, readBy, down)]);
  return nodes
    .filter(({ name }) => !chosen || chosen.has(name))
    .filter(({ name, domain }) => domains.length === 0 || name === focus || domains.includes(domain))
    .map(({ name }) => name);
}

/** What is up to `steps` steps away, itself left out. */
export function walk(
  start: string,
  next: ReadonlyMap<string, readonly string[]>,
  steps: number,
): ReadonlySet<string> {
  const found = new Set<string>();
  let frontier = [start];
  for (let step = 0; step < steps && frontier.length > 0; step++) {
    frontier = [...new Set(frontier.flatMap((name) => next.get(name) ?? []))].filter(
      (name) => !found.has(name),
    );
    for (const name of frontier) found.add(name);
  }
  found.delete(start);
  return found;
}
