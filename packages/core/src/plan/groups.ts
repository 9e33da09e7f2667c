import { DirectedGraph } from 'graphology';
import { stronglyConnectedComponents } from 'graphology-components';
import { topologicalSort } from 'graphology-dag';
import type { Dag } from '../graph/dag.js';
import { heads } from '../graph/heads.js';
import { isRelationNode } from '../project/project.js';
import { isEphemeral, isView } from '../project/render-query.js';
import type { ProjectTest } from '../testing/project-tests.js';

/** Relations that are published together, in build order, and the positions of the groups that come first. */
export interface PublishGroup {
  readonly names: readonly string[];
  readonly after: readonly number[];
}

export interface GroupOptions {
  /** Publish everything together. */
  readonly atomic?: boolean;
  /** For nodes that stand published as views, be they views still or not: what these views read. */
  readonly standing?: ReadonlyMap<string, readonly string[]>;
}

/**
 * Sorts relations into publish groups, in build order: a view stands with what it reads, sources are loaded
 * together, and so are the most downstream nodes that one test compares. Groups that would wait for each other are one.
 * An atomic build is one group.
 */
export function publishGroups(
  dag: Dag,
  relations: ReadonlySet<string>,
  tests: readonly ProjectTest[],
  { atomic = false, standing = new Map() }: GroupOptions = {},
): readonly PublishGroup[] {
  if (atomic) return relations.size === 0 ? [] : [{ names: dag.inOrder(relations), after: [] }];
  const graph = new DirectedGraph();
  for (const name of relations) graph.addNode(name);
  const edge = (from: string, to: string) => {
    if (from !== to && relations.has(from)) graph.mergeEdge(from, to);
  };
  // Nodes that lead to each other in a circle belong together.
  const join = (names: readonly string[]) => {
    const present = names.filter((name) => relations.has(name));
    present.forEach((name, index) => {
      edge(present[(index + 1) % present.length] ?? name, name);
    });
  };
  for (const name of relations) {
    if (isView(dag.project.get(name))) join([name, ...readThroughEphemerals(dag, name)]);
    for (const input of dag.inputsOf(name)) edge(input, name);
    const read = (standing.get(name) ?? []).filter((input) => dag.project.nodes.has(input));
    if (read.length > 0) join([name, ...read.flatMap((input) => throughEphemeral(dag, input))]);
  }
  join([...relations].filter((name) => dag.project.get(name).kind === 'source'));
  for (const test of tests) {
    const present = test.reads.filter((name) => relations.has(name));
    const last = heads(dag, present);
    join(last);
    for (const read of present) for (const head of last) if (!last.includes(read)) edge(read, head);
  }
  return inGroupOrder(dag, graph);
}

function inGroupOrder(dag: Dag, graph: DirectedGraph): readonly PublishGroup[] {
  const groups = stronglyConnectedComponents(graph);
  const groupOf = new Map(
    groups.flatMap((names, index) => names.map((name) => [name, String(index)] as const)),
  );
  const order = new DirectedGraph();
  for (const index of groups.keys()) order.addNode(String(index));
  graph.forEachEdge((_edge, _attributes, from, to) => {
    if (groupOf.get(from) !== groupOf.get(to)) order.mergeEdge(groupOf.get(from), groupOf.get(to));
  });
  const sorted = topologicalSort(order);
  const position = new Map(sorted.map((index, at) => [index, at]));
  return sorted.map((index) => ({
    names: dag.inOrder(groups[Number(index)] ?? []),
    after: order.inNeighbors(index).map((before) => position.get(before) ?? 0),
  }));
}

/** The relations that a node's rows come from at once: ephemeral models, and what stands behind them. */
function readThroughEphemerals(dag: Dag, name: string): readonly string[] {
  return dag.queryInputsOf(name).flatMap((input) => throughEphemeral(dag, input));
}

function throughEphemeral(dag: Dag, name: string): readonly string[] {
  const node = dag.project.get(name);
  if (!isRelationNode(node)) return [];
  return isEphemeral(node) ? [name, ...readThroughEphemerals(dag, name)] : [name];
}
