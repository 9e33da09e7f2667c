import { type Dag, type ProjectNode, selectNodes, UsageError } from '@matinee/core';

/** The node of that name. @throws UsageError with the names that are spelled alike. */
export function requireNode(dag: Dag, name: string): ProjectNode {
  const node = dag.project.nodes.get(name);
  if (node) return node;
  const [only, second] = selectNodes(dag, [name]);
  if (only === undefined || second !== undefined) {
    throw new UsageError(
      'SELECTOR',
      `'${name}' names ${second ? 'several nodes' : 'no node'}; one is needed.`,
    );
  }
  return dag.project.get(only);
}
