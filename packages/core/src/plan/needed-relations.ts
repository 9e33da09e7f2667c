import type { Dag } from '../graph/dag.js';
import { isRelationNode } from '../project/project.js';
import { isEphemeral, isView } from '../project/render-query.js';
import { projectTests } from '../testing/project-tests.js';

/**
 * The relations that a plan for some nodes must know of in the warehouse: those nodes, the views over them, what all these
 * read through views and ephemeral models, and what their tests read. Whether a test may compare a node with another one
 * depends on all that the other was built from.
 */
export function neededRelations(dag: Dag, selected: ReadonlySet<string>): ReadonlySet<string> {
  const { project } = dag;
  const built = withPossibleViews(dag, selected);
  const needed = new Set(built);
  const addInputs = (name: string) => {
    for (const input of dag.inputsOf(name)) add(input);
  };
  const add = (name: string) => {
    if (needed.has(name)) return;
    needed.add(name);
    if (showsInputs(dag, name)) addInputs(name);
  };
  for (const name of built) addInputs(name);
  for (const { check, owner, reads } of projectTests(project, dag)) {
    if (check ? !built.has(owner) : !reads.some((name) => built.has(name))) continue;
    for (const read of reads) {
      add(read);
      if (!check) for (const input of dag.reach(read, 'up')) needed.add(input);
    }
  }
  return new Set([...needed].filter((name) => isRelationNode(project.get(name))));
}

/** The selected relations, and every view that may stand over them. */
function withPossibleViews(dag: Dag, selected: ReadonlySet<string>): ReadonlySet<string> {
  const built = new Set([...selected].filter((name) => isRelationNode(dag.project.get(name))));
  for (const name of dag.inOrder(dag.project.nodes.keys()))
    if (showsInputs(dag, name) && dag.queryInputsOf(name).some((input) => built.has(input))) built.add(name);
  return built;
}

function showsInputs({ project }: Dag, name: string): boolean {
  const node = project.get(name);
  return isView(node) || isEphemeral(node);
}
