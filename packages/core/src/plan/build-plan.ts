import type { Delivery } from '../adapters/source-loader.js';
import { type MatineeError, throwAll } from '../errors.js';
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
import { type PublishedVersion, publishedVersion, storedKind, type WarehouseState } from './state.js';
import { upstreamProblems } from './upstream.js';

export interface PlanOptions {
  readonly dag: Dag;
  /** Names of the selected nodes; those that are no relations are ignored. */
  readonly selected: ReadonlySet<string>;
  readonly state: WarehouseState;
  readonly names: Namer;
  readonly variables: VariableValues;
  /** Told apart from other runs by it: volatile nodes have another version in each. */
  readonly runId?: string;
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
  const context = { project: dag.project, dialect: options.names.dialect, variables: options.variables };
  const relations = new Set(dag.inOrder(withViews(options, context)));
  const planner = new Planner(options, relations, context);
  const stages = new Map([...relations].map((name) => [name, planner.stageOf(name)]));
  planner.throwErrors();
  const tests = options.withoutTests ? [] : planner.tests;
  const groups = publishGroups(dag, relations, tests);
  return {
    delivery: options.delivery,
    groups: groups.map(
      ({ names, after }, id): GroupStage => ({
        id,
        nodes: names.map((name) => stages.get(name)).filter((stage) => stage !== undefined),
        after,
      }),
    ),
  };
}

/**
 * The selected relations, and every published view over them: a view shows new rows the moment its input does. A view
 * whose other inputs are missing or stale stays as it is, until it is built together with them.
 */
function withViews(
  { dag, selected, state, names }: PlanOptions,
  fingerprints: FingerprintContext,
): ReadonlySet<string> {
  const relations = new Set([...selected].filter((name) => isRelationNode(dag.project.get(name))));
  const isRebuilt = (name: string): boolean =>
    relations.has(name) || (isEphemeral(dag.project.get(name)) && dag.queryInputsOf(name).some(isRebuilt));
  for (const name of dag.inOrder(dag.project.nodes.keys())) {
    const node = dag.project.get(name);
    if (!isView(node) || storedKind(state, names, node) === undefined) continue;
    if (!dag.queryInputsOf(name).some(isRebuilt)) continue;
    if (upstreamProblems({ dag, state, names, fingerprints }, relations, name).length === 0)
      relations.add(name);
  }
  return relations;
}

class Planner {
  readonly #options: PlanOptions;
  readonly #relations: ReadonlySet<string>;
  readonly #context: FingerprintContext;
  readonly #versions = new Map<string, string>();
  readonly #expected = new Map<string, string>();
  readonly #actions = new Map<string, NodeAction>();
  readonly #errors: MatineeError[] = [];
  readonly #unitTests: readonly UnitTest[];
  /** The tests that can run: all they read is built now or stands published. */
  readonly tests: readonly ProjectTest[];

  constructor(options: PlanOptions, relations: ReadonlySet<string>, context: FingerprintContext) {
    const { project } = options.dag;
    this.#options = options;
    this.#relations = relations;
    this.#context = context;
    this.tests = projectTests(project, options.dag).filter((test) => this.#isRunnable(test));
    this.#unitTests = [...project.nodes.values()]
      .map((node) => node.declaration)
      .filter((declaration) => declaration instanceof UnitTest);
  }

  stageOf(name: string): NodeStage {
    const node = this.#relation(name);
    const fingerprint = nodeFingerprint(this.#context, node);
    const version = this.#versionOf(name);
    const upstream = { ...this.#options, fingerprints: this.#context };
    this.#errors.push(...upstreamProblems(upstream, this.#relations, name));
    const tests = this.#options.withoutTests
      ? []
      : this.tests.filter((test) => this.#answerer(test) === name);
    const decision = this.#decide(node, this.#published(node), fingerprint, version);
    this.#actions.set(name, decision.action);
    return {
      node,
      fingerprint,
      version,
      tests,
      testsVersion: testsFingerprint(this.#context, tests, (read) => this.#versionOf(read)),
      unitTests: this.#options.withoutTests
        ? []
        : this.#unitTests.filter((test) => test.model === node.declaration),
      ...decision,
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
    const isSame = published.version === version && !isVolatile(node);
    if (isSame && isView(node) && this.#readsRebuilt(node.name))
      return { action: 'view', reason: 'its input is built again' };
    if (isSame) return { action: 'reuse', reason: 'nothing it depends on has changed' };
    if (published.fingerprint !== fingerprint)
      return { action: fullAction(node), reason: 'its code has changed' };
    const increments =
      declaration instanceof Model &&
      declaration.materialized.type === 'incremental' &&
      declaration.materialized.strategy !== 'refresh';
    const reason = isVolatile(node) ? 'it is volatile' : 'its input has changed';
    return { action: increments ? 'increment' : fullAction(node), reason };
  }

  /** Whether a node reads one that is built now, be it with the same rows as before. */
  #readsRebuilt(name: string): boolean {
    return this.#options.dag.queryInputsOf(name).some((input) => {
      const action = this.#actions.get(input);
      return isEphemeral(this.#relation(input)) ? this.#readsRebuilt(input) : action && action !== 'reuse';
    });
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
    const inputs = this.#options.dag.queryInputsOf(node.name).map((input) => this.#versionOf(input));
    return hashOf(
      isVolatile(node) ? [fingerprint, inputs, this.#options.runId ?? ''] : [fingerprint, inputs],
    );
  }

  /** The ledger's entry, if the warehouse has the relation to go with it. */
  #published(node: ProjectNode<Relation>): PublishedVersion | undefined {
    return publishedVersion(this.#options.state, this.#options.names, node);
  }

  #isRunnable(test: ProjectTest): boolean {
    if (test.check) return this.#relations.has(test.owner);
    const built = test.reads.filter((name) => this.#relations.has(name));
    return built.length > 0 && test.reads.every((name) => this.#isComparable(name, built));
  }

  /** Whether a test may compare a relation with those built now: it is built too, is up to date, or is what they are built from. */
  #isComparable(name: string, built: readonly string[]): boolean {
    const { dag } = this.#options;
    if (this.#relations.has(name)) return true;
    const node = this.#relation(name);
    if (isEphemeral(node)) return dag.queryInputsOf(name).every((input) => this.#isComparable(input, built));
    const published = this.#published(node);
    if (!published || published.version === this.#expectedVersion(name)) return published !== undefined;
    const isBuiltFrom = built.some((other) => dag.reach(other, 'up').has(name));
    return isBuiltFrom && ![...dag.reach(name, 'up')].some((input) => this.#relations.has(input));
  }

  /** The version that a relation would have if it was built now as well. */
  #expectedVersion(name: string): string {
    const known = this.#expected.get(name);
    if (known !== undefined) return known;
    const node = this.#relation(name);
    const isGiven = this.#relations.has(name) || node.kind === 'source' || isVolatile(node);
    const inputs = this.#options.dag.queryInputsOf(name);
    const version = isGiven
      ? this.#versionOf(name)
      : hashOf([nodeFingerprint(this.#context, node), inputs.map((input) => this.#expectedVersion(input))]);
    this.#expected.set(name, version);
    return version;
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

function isVolatile({ declaration }: ProjectNode): boolean {
  return declaration instanceof Model && declaration.volatile;
}

function fullAction(node: ProjectNode<Relation>): NodeAction {
  if (node.kind === 'source') return 'load';
  if (node.kind === 'seed') return 'seed';
  if (node.kind === 'snapshot') return 'snapshot';
  return isView(node) ? 'view' : 'create';
}
