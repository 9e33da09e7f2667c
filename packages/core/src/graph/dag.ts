import { DirectedGraph } from 'graphology';
import { hasCycle, topologicalSort } from 'graphology-dag';
import { type MatineeError, ProjectError, throwAll } from '../errors.js';
import { Exposure } from '../nodes/exposure.js';
import type { GenericTest } from '../nodes/generic-test.js';
import { UnitTest } from '../nodes/unit-test.js';
import { isRelationNode, type Project, type ProjectNode } from '../project/project.js';
import { renderQuery } from '../project/render-query.js';
import { allGenericTests } from '../project/tests-of.js';
import { dialects } from '../sql/dialect.js';
import type { Sql } from '../sql/fragment.js';
import { findCycle } from './cycle.js';
import { mappingErrors } from './mappings.js';

/** The DAG of a project's nodes: an edge leads from what is read to what reads it. */
export class Dag {
  readonly project: Project;
  readonly #graph: DirectedGraph;
  readonly #order: ReadonlyMap<string, number>;

  constructor(project: Project, graph: DirectedGraph) {
    this.project = project;
    this.#graph = graph;
    this.#order = new Map(topologicalSort(graph).map((name, index) => [name, index]));
  }

  /** Names of the nodes that a node reads, tests included, in build order. */
  inputsOf(name: string): readonly string[] {
    return this.inOrder(this.#graph.inNeighbors(name));
  }

  /** Names of the nodes that a node's own query reads: what its rows come from. In build order. */
  queryInputsOf(name: string): readonly string[] {
    return this.inOrder(
      this.#graph.filterInNeighbors(name, (input) => this.#graph.getEdgeAttribute(input, name, 'query')),
    );
  }

  /** Names of the nodes that read a node, in build order. */
  consumersOf(name: string): readonly string[] {
    return this.inOrder(this.#graph.outNeighbors(name));
  }

  /** Names in build order: whatever a node reads stands before it. */
  inOrder(names: Iterable<string>): readonly string[] {
    return [...names].sort((a, b) => (this.#order.get(a) ?? 0) - (this.#order.get(b) ?? 0));
  }

  /** All that is up to `depth` steps up- or downstream of a node, itself left out. */
  reach(name: string, direction: 'up' | 'down', depth = Number.POSITIVE_INFINITY): ReadonlySet<string> {
    const found = new Set<string>();
    let frontier = [name];
    for (let step = 0; step < depth && frontier.length > 0; step++) {
      const next = frontier.flatMap((node) =>
        direction === 'up' ? this.#graph.inNeighbors(node) : this.#graph.outNeighbors(node),
      );
      frontier = [...new Set(next)].filter((node) => !found.has(node));
      for (const node of frontier) found.add(node);
    }
    return found;
  }
}

/**
 * Reads the DAG from the nodes' queries and tests.
 *
 * @throws ProjectError CYCLE with the path and files of a cycle; INPUT_MAPPING; any error of rendering, all of them at once.
 */
export function buildDag(project: Project): Dag {
  const graph = new DirectedGraph();
  const errors: MatineeError[] = [];
  for (const name of [...project.nodes.keys()].sort()) graph.addNode(name);
  for (const node of project.nodes.values()) {
    try {
      for (const input of testInputs(project, node)) graph.mergeEdge(input, node.name, { query: false });
      for (const input of queryInputs(project, node)) graph.mergeEdge(input, node.name, { query: true });
    } catch (error) {
      if (!(error instanceof ProjectError)) throw error;
      errors.push(locate(error, node));
    }
  }
  throwAll(errors);
  if (hasCycle(graph)) throw cycleError(project, findCycle(graph));
  const dag = new Dag(project, graph);
  throwAll(mappingErrors(dag));
  return dag;
}

/** The names of the nodes that a node's query refers to, in any dialect. */
function queryInputs(project: Project, { declaration }: ProjectNode): readonly string[] {
  if (declaration instanceof UnitTest) return [project.placeOf(declaration.model).name];
  if (declaration instanceof Exposure) return declaration.reads.map((read) => project.placeOf(read).name);
  return 'query' in declaration ? readsOf(project, declaration.query as Sql) : [];
}

/** The names of the other nodes that a node's tests refer to. */
function testInputs(project: Project, node: ProjectNode): readonly string[] {
  if (!isRelationNode(node)) return [];
  const reads = allGenericTests(node.declaration).flatMap((test) => testReads(project, test));
  return reads.filter((name) => name !== node.name);
}

/** The names of the relations that a generic test reads beside its own. */
export function testReads(project: Project, { check, options }: GenericTest): readonly string[] {
  const reads = options.where ? readsOf(project, options.where) : [];
  if (check.type === 'expression' || check.type === 'derived')
    return [...reads, ...readsOf(project, check.expression)];
  if (check.type !== 'relationships' || check.to === 'self') return reads;
  return [...reads, project.placeOf(check.to()).name];
}

/** The names of the relations that SQL refers to itself. Every variable's value may change them, so both branches count. */
export function readsOf(project: Project, query: Sql): readonly string[] {
  // Nothing is inlined: what an ephemeral model reads are edges of its own, and a cycle through one is found in the graph.
  const replaced = new Set(project.nodes.keys());
  const reads = dialects.flatMap((dialect) =>
    [false, true].flatMap(
      (incremental) =>
        renderQuery(project, query, {
          dialect,
          incremental,
          self: 'self',
          relationName: (node) => node.name,
          replaced,
        }).reads,
    ),
  );
  return [...new Set(reads)];
}

function locate(error: ProjectError, node: ProjectNode): ProjectError {
  if (error.location) return error;
  return new ProjectError(error.code, `${node.name}: ${error.message}`, {
    location: node.declaration.location,
    hint: error.hint,
    cause: error,
  });
}

function cycleError(project: Project, cycle: readonly string[]): ProjectError {
  const [first = ''] = cycle;
  const steps = [...cycle, first].map((name) => `${name} (${project.get(name).path})`);
  return new ProjectError('CYCLE', `Nodes read each other in a circle: ${steps.join(' → ')}.`, {
    location: project.get(first).declaration.location,
    hint: 'Take one of these references out; a relationships test counts as a reference.',
  });
}
