import { DirectedGraph } from 'graphology';
import { stronglyConnectedComponents } from 'graphology-components';
import { topologicalSort } from 'graphology-dag';
import type { Dag } from '../graph/dag.js';
import { isRelationNode } from '../project/project.js';
import { isEphemeral, isView } from '../project/render-query.js';
import type { ProjectTest } from '../testing/project-tests.js';

/**
 * Sorts relations into publish groups, in build order: a view stands with what it reads, sources are loaded
 * together, and so are the most downstream nodes that one test compares. Groups that would wait for each other are one.
 */
export function publishGroups(
  dag: Dag,
  relations: ReadonlySet<string>,
  tests: readonly ProjectTest[],
): readonly (readonly string[])[] {
  const together = new DirectedGraph();
  for (const name of relations) together.addNode(name);
  const join = (names: readonly string[]) => {
    const present = names.filter((name) => relations.has(name));
    present.forEach((name, index) => {
      const next = present[(index + 1) % present.length] ?? name;
      if (next !== name) together.mergeEdge(name, next);
    });
  };
  for (const name of relations) {
    if (isView(dag.project.get(name))) join([name, ...readThroughEphemerals(dag, name)]);
  }
  join([...relations].filter((name) => dag.project.get(name).kind === 'source'));
  for (const test of tests) join(heads(dag, test.reads));
  // Every edge of the DAG leads on; where one also leads back, both ends belong together.
  for (const name of relations) {
    for (const input of dag.inputsOf(name)) if (relations.has(input)) together.mergeEdge(input, name);
  }
  return inGroupOrder(dag, stronglyConnectedComponents(together));
}

function inGroupOrder(dag: Dag, groups: readonly (readonly string[])[]): readonly (readonly string[])[] {
  const groupOf = new Map(
    groups.flatMap((names, index) => names.map((name) => [name, String(index)] as const)),
  );
  const graph = new DirectedGraph();
  const sorted = groups.map((names) => dag.inOrder(names));
  for (const index of groups.keys()) graph.addNode(String(index));
  for (const [name, group] of groupOf) {
    for (const input of dag.inputsOf(name)) {
      const from = groupOf.get(input);
      if (from !== undefined && from !== group) graph.mergeEdge(from, group);
    }
  }
  return topologicalSort(graph).map((index) => sorted[Number(index)] ?? []);
}

/** The relations that a node's rows come from at once: ephemeral models, and what stands behind them. */
function readThroughEphemerals(dag: Dag, name: string): readonly string[] {
  return dag.queryInputsOf(name).flatMap((input) => {
    const node = dag.project.get(input);
    if (!isRelationNode(node)) return [];
    return isEphemeral(node) ? [input, ...readThroughEphemerals(dag, input)] : [input];
  });
}

/** Those of the names that no other of them is downstream of. */
export function heads(dag: Dag, names: readonly string[]): readonly string[] {
  return names.filter((name) => {
    const below = dag.reach(name, 'down');
    return !names.some((other) => other !== name && below.has(other));
  });
}
