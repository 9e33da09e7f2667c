import type { Delivery } from '../adapters/source-loader.js';
import { type MatineeError, NodeError, throwAll } from '../errors.js';
import type { Dag } from '../graph/dag.js';
import type { Namer } from '../materialize/names.js';
import { Model } from '../nodes/model.js';
import type { Relation } from '../nodes/relation.js';
import { UnitTest } from '../nodes/unit-test.js';
import { isRelationNode, type ProjectNode } from '../project/project.js';
import { isEphemeral, isView } from '../project/render-query.js';
import type { VariableValues } from '../project/variables.js';
import { type ProjectTest, projectTests } from '../testing/project-tests.js';
import { type FingerprintContext, hashOf, nodeFingerprint, testsFingerprint } from './fingerprint.js';
import { heads, publishGroups } from './groups.js';
import type { GroupStage, NodeAction, NodeStage, Plan } from './plan.js';
import { type PublishedVersion, storedKind, type WarehouseState } from './state.js';

export interface PlanOptions {
  readonly dag: Dag;
  /** Names of the selected nodes; those that are no relations are ignored. */
  readonly selected: ReadonlySet<string>;
  readonly state: WarehouseState;
  readonly names: Namer;
  readonly variables: VariableValues;
  /** The delivery of the selected sources. */
  readonly delivery?: Delivery | undefined;
  readonly fullRefresh?: boolean;
  /** Leave the tests out; what is published then counts as untested. */
  readonly withoutTests?: boolean;
}

/**
 * Decides what a build does with every selected node.
 *
 * @throws NodeError UPSTREAM_MISSING, UPSTREAM_STALE (all of them at once) when a node that is not selected but read was
 *   never published, or was published from other code or with other variables.
 */
export function buildPlan(options: PlanOptions): Plan {
  const { dag } = options;
  const relations = new Set(dag.inOrder(withViews(options)));
  const planner = new Planner(options, relations);
  const stages = new Map([...relations].map((name) => [name, planner.stageOf(name)]));
  planner.throwErrors();
  const tests = options.withoutTests ? [] : planner.tests;
  const groups = publishGroups(dag, relations, tests);
  const groupOf = new Map(groups.flatMap((names, id) => names.map((name) => [name, id] as const)));
  return {
    delivery: options.delivery,
    groups: groups.map((names, id): GroupStage => {
      const after = names.flatMap((name) => dag.inputsOf(name).map((input) => groupOf.get(input)));
      return {
        id,
        nodes: names.map((name) => stages.get(name)).filter((stage) => stage !== undefined),
        after: [...new Set(after)].filter((other): other is number => other !== undefined && other !== id),
      };
    }),
  };
}

/** The selected relations, and every published view over them: a view shows new rows the moment its input does. */
function withViews({ dag, selected, state, names }: PlanOptions): ReadonlySet<string> {
  const relations = new Set([...selected].filter((name) => isRelationNode(dag.project.get(name))));
  const isRebuilt = (name: string): boolean =>
    relations.has(name) || (isEphemeral(dag.project.get(name)) && dag.queryInputsOf(name).some(isRebuilt));
  for (const name of dag.inOrder(dag.project.nodes.keys())) {
    const node = dag.project.get(name);
    if (!isView(node) || storedKind(state, names, node) === undefined) continue;
    if (dag.queryInputsOf(name).some(isRebuilt)) relations.add(name);
  }
  return relations;
}

class Planner {
  readonly #options: PlanOptions;
  readonly #relations: ReadonlySet<string>;
  readonly #context: FingerprintContext;
  readonly #versions = new Map<string, string>();
  readonly #errors: MatineeError[] = [];
  readonly #unitTests: readonly UnitTest[];
  /** The tests that can run: all they read is built now or stands published. */
  readonly tests: readonly ProjectTest[];

  constructor(options: PlanOptions, relations: ReadonlySet<string>) {
    const { project } = options.dag;
    this.#options = options;
    this.#relations = relations;
    this.#context = { project, dialect: options.names.dialect, variables: options.variables };
    this.tests = projectTests(project, options.dag).filter((test) => this.#isRunnable(test));
    this.#unitTests = [...project.nodes.values()]
      .map((node) => node.declaration)
      .filter((declaration) => declaration instanceof UnitTest);
  }

  stageOf(name: string): NodeStage {
    const node = this.#relation(name);
    const fingerprint = nodeFingerprint(this.#context, node);
    const version = this.#versionOf(name);
    for (const input of this.#options.dag.inputsOf(name)) this.#requireUpstream(input, name);
    const tests = this.#options.withoutTests
      ? []
      : this.tests.filter((test) => this.#answerer(test) === name);
    const published = this.#published(node);
    return {
      node,
      fingerprint,
      version,
      tests,
      testsVersion: testsFingerprint(this.#context, tests, (read) => this.#versionOf(read)),
      unitTests: this.#options.withoutTests
        ? []
        : this.#unitTests.filter((test) => test.model === node.declaration),
      ...this.#decide(node, published, fingerprint, version),
    };
  }

  throwErrors(): void {
    throwAll(this.#errors);
  }

  #decide(
    node: ProjectNode<Relation>,
    published: PublishedVersion | undefined,
    fingerprint: string,
    version: string,
  ): { action: NodeAction; reason: string } {
    const { fullRefresh = false } = this.#options;
    if (isEphemeral(node)) return { action: 'inline', reason: 'inlined where it is read' };
    if (!published) return { action: fullAction(node), reason: 'new' };
    if (fullRefresh && node.kind !== 'snapshot')
      return { action: fullAction(node), reason: 'full refresh asked' };
    const { declaration } = node;
    if (published.version === version && !(declaration instanceof Model && declaration.volatile)) {
      return { action: 'reuse', reason: 'nothing it depends on has changed' };
    }
    if (published.fingerprint !== fingerprint)
      return { action: fullAction(node), reason: 'its code has changed' };
    const increments =
      declaration instanceof Model &&
      declaration.materialized.type === 'incremental' &&
      declaration.materialized.strategy !== 'refresh';
    return { action: increments ? 'increment' : fullAction(node), reason: 'its input has changed' };
  }

  /** The version a relation will have, or has where it is not selected. */
  #versionOf(name: string): string {
    const known = this.#versions.get(name);
    if (known !== undefined) return known;
    const version = this.#computeVersion(this.#relation(name));
    this.#versions.set(name, version);
    return version;
  }

  #computeVersion(node: ProjectNode<Relation>): string {
    if (!this.#relations.has(node.name) && !isEphemeral(node))
      return this.#published(node)?.version ?? 'missing';
    const fingerprint = nodeFingerprint(this.#context, node);
    if (node.kind === 'source')
      return hashOf([fingerprint, this.#options.delivery?.fingerprint(node.name) ?? '']);
    const inputs = this.#options.dag.queryInputsOf(node.name);
    return hashOf([fingerprint, inputs.map((input) => this.#versionOf(input))]);
  }

  /** An input that is not built now must stand published, from the code and variables of now. */
  #requireUpstream(name: string, reader: string): void {
    const node = this.#options.dag.project.get(name);
    if (this.#relations.has(name) || !isRelationNode(node)) return;
    if (isEphemeral(node)) {
      for (const input of this.#options.dag.queryInputsOf(name)) this.#requireUpstream(input, reader);
      return;
    }
    const published = this.#published(node);
    if (!published) {
      this.#errors.push(
        new NodeError(
          'UPSTREAM_MISSING',
          `'${reader}' reads '${name}', which was never built in this target.`,
          {
            location: node.declaration.location,
            hint: `Build it first: matinee build --select '+${reader}'.`,
          },
        ),
      );
    } else if (published.fingerprint !== nodeFingerprint(this.#context, node)) {
      this.#errors.push(
        new NodeError(
          'UPSTREAM_STALE',
          `'${reader}' reads '${name}', which was built from other code or variables.`,
          {
            location: node.declaration.location,
            hint: `Build it again: matinee build --select '+${reader}'.`,
          },
        ),
      );
    }
  }

  /** The ledger's entry, if the warehouse has the relation to go with it. */
  #published(node: ProjectNode<Relation>): PublishedVersion | undefined {
    const { state, names } = this.#options;
    return storedKind(state, names, node) ? state.versions.get(node.name) : undefined;
  }

  #isRunnable(test: ProjectTest): boolean {
    const isThere = (name: string): boolean => {
      const node = this.#relation(name);
      if (this.#relations.has(name)) return true;
      return isEphemeral(node)
        ? this.#options.dag.queryInputsOf(name).every(isThere)
        : this.#published(node) !== undefined;
    };
    const generic = test.check !== undefined;
    return generic
      ? this.#relations.has(test.owner)
      : test.reads.some((name) => this.#relations.has(name)) && test.reads.every(isThere);
  }

  /** The node with which a test runs: its own relation, or the last of the nodes it compares that is built now. */
  #answerer(test: ProjectTest): string | undefined {
    if (test.check) return test.owner;
    const built = test.reads.filter((name) => this.#relations.has(name));
    return this.#options.dag.inOrder(heads(this.#options.dag, built)).at(-1);
  }

  #relation(name: string): ProjectNode<Relation> {
    return this.#options.dag.project.get(name) as ProjectNode<Relation>;
  }
}

function fullAction(node: ProjectNode<Relation>): NodeAction {
  if (node.kind === 'source') return 'load';
  if (node.kind === 'seed') return 'seed';
  if (node.kind === 'snapshot') return 'snapshot';
  return isView(node) ? 'view' : 'create';
}
