import { type MatineeError, NodeError, throwAll } from '../errors.js';
import type { Relation } from '../nodes/relation.js';
import { UnitTest } from '../nodes/unit-test.js';
import { isRelationNode, type ProjectNode } from '../project/project.js';
import { incrementalOf, isEphemeral, isView } from '../project/render-query.js';
import { type ProjectTest, projectTests } from '../testing/project-tests.js';
import type { PlanOptions } from './build-plan.js';
import { type Cause, describeCause } from './cause.js';
import type { Fingerprints } from './fingerprint.js';
import { codeCauses } from './node-causes.js';
import type { NodeAction, NodeStage } from './plan.js';
import type { Published } from './published.js';
import { isVolatile, type RowsVersions } from './rows-versions.js';
import { schemaChange } from './schema-change.js';
import type { SourceLoad } from './source-load.js';
import type { PublishedVersion } from './state.js';
import { answererOf, isRunnable, plannedTest, type RowsFate, type TestContext } from './test-stages.js';
import { upstreamProblems } from './upstream.js';

export interface PlannerOptions extends PlanOptions {
  /** The relations that are built, in build order. */
  readonly built: ReadonlySet<string>;
  readonly fingerprints: Fingerprints;
  readonly published: Published;
  readonly versions: RowsVersions;
  readonly loads: ReadonlyMap<string, SourceLoad>;
}

/** What is done about one node, before its tests are looked at. */
interface Decision {
  readonly action: NodeAction;
  readonly causes: readonly Cause[];
  readonly conditional: boolean;
  readonly fate: RowsFate;
  /** Why there is nothing to do. */
  readonly reason?: string;
}

const REUSE: Decision = { action: 'reuse', causes: [], conditional: false, fate: 'same' };

/** Decides node by node, in build order, what happens and what becomes of the rows. */
export class Planner {
  readonly #options: PlannerOptions;
  readonly #decisions = new Map<string, Decision>();
  readonly #errors: MatineeError[] = [];

  constructor(options: PlannerOptions) {
    this.#options = options;
  }

  /** @throws NodeError UPSTREAM_MISSING, UPSTREAM_STALE, DEFERRED_VIEW, SCHEMA_CHANGED, all of them at once. */
  stages(): ReadonlyMap<string, NodeStage> {
    const { built, dag, published, fingerprints } = this.#options;
    const errors = this.#errors;
    for (const name of built) {
      errors.push(
        ...upstreamProblems({ dag, published, fingerprints }, built, name),
        ...this.#deferredView(name),
      );
      this.#decisions.set(name, this.#decide(this.#relation(name)));
    }
    throwAll(errors);
    const tests = this.#testsByAnswerer();
    return new Map([...built].map((name) => [name, this.#stageOf(name, tests.get(name) ?? [])]));
  }

  /** Relations that are not built, but read what may come out with other rows. */
  downstream(): readonly string[] {
    const { dag, built } = this.#options;
    const names = [...dag.project.nodes.keys()].filter((name) => {
      const node = dag.project.get(name);
      return isRelationNode(node) && !built.has(name) && !isEphemeral(node) && this.#reachOf(name) !== 'same';
    });
    return dag.inOrder(names);
  }

  /** What would become of a node's inputs, be the nodes between built or not. */
  #reachOf(name: string): RowsFate {
    const { dag, built } = this.#options;
    const fates = dag
      .queryInputsOf(name)
      .map((input) => (built.has(input) ? this.#fateOf(input) : this.#reachOf(input)));
    return worst(fates);
  }

  #stageOf(name: string, tests: readonly ProjectTest[]): NodeStage {
    const { fingerprints, published, withoutTests } = this.#options;
    const node = this.#relation(name);
    const { action, causes, conditional, reason } = this.#decision(name);
    const unitTests = withoutTests ? [] : this.#unitTestsOf(node);
    const unitTestsVersion = fingerprints.ofUnitTests(node, unitTests);
    const planned = tests.map((test) => plannedTest(this.#testContext(), test));
    return {
      node,
      action,
      conditional,
      causes,
      reason: reason ?? (causes.map(describeCause).join('; ') || 'nothing it depends on has changed'),
      ...fingerprints.of(node),
      tests: planned,
      unitTests,
      unitTestsVersion,
      runsUnitTests: unitTests.length > 0 && published.of(node)?.unitTestsVersion !== unitTestsVersion,
    };
  }

  #decide(node: ProjectNode<Relation>): Decision {
    const { fullRefresh = false, limit, published, fingerprints } = this.#options;
    if (isEphemeral(node)) {
      const fate = this.#fateOfInputs(node.name);
      return { action: 'inline', causes: [], conditional: false, fate, reason: 'inlined where it is read' };
    }
    const version = published.of(node);
    const full = fullAction(node);
    if (!version) {
      // A view that someone has dropped shows the same rows again once it is made.
      const fate = isView(node) ? this.#fateOfInputs(node.name) : 'changed';
      return { action: full, causes: [{ type: 'new' }], conditional: false, fate };
    }
    if (node.kind === 'snapshot' && limit)
      return { ...REUSE, reason: 'a history is left alone by an empty or sampled build' };
    const build = (action: NodeAction, causes: readonly Cause[], conditional = false): Decision => ({
      action,
      causes,
      conditional,
      fate: this.#fateOfBuilt(node, causes, conditional),
    });
    const code = codeCauses(node, version, fingerprints);
    if (fullRefresh && node.kind !== 'snapshot') return build(full, [{ type: 'full_refresh' }, ...code]);
    if (code.length > 0) return build(this.#actionOnCode(node, version, full), code);
    if (this.#options.backfill && isMicrobatch(node)) return build('increment', [{ type: 'backfill' }]);
    if (isVolatile(node)) return build(increments(node) ? 'increment' : full, [{ type: 'volatile' }]);
    const causes = this.#inputCauses(node, version.version, version.inputs);
    if (causes.length === 0) return REUSE;
    const conditional = causes.every(({ type }) => type === 'input_rows');
    return build(increments(node) ? 'increment' : full, causes, conditional);
  }

  /** What changed code leads to: a full build, unless an incremental model says otherwise of changed columns. */
  #actionOnCode(node: ProjectNode<Relation>, published: PublishedVersion, full: NodeAction): NodeAction {
    const { declaration } = node;
    const incremental = incrementalOf(node);
    if (!incremental) return full;
    const change = schemaChange(
      published.definition.contract,
      this.#options.fingerprints.of(node).definition.contract,
    );
    if (!change) return full;
    const { onSchemaChange } = incremental;
    if (onSchemaChange === 'fullRefresh') return full;
    const isAllowed = onSchemaChange === 'sync' || (onSchemaChange === 'append' && change.onlyAdds);
    if (isAllowed) return 'increment';
    this.#errors.push(
      new NodeError(
        'SCHEMA_CHANGED',
        `${node.name} is incremental and its columns have changed: ${change.text}.`,
        {
          location: declaration.location,
          hint: `Rebuild it: matinee build --full-refresh --select ${node.name}; or say what shall happen with onSchemaChange.`,
        },
      ),
    );
    return full;
  }

  /** The inputs whose rows have changed; if there are none, those whose rows might. */
  #inputCauses(
    node: ProjectNode<Relation>,
    version: string,
    inputs: Readonly<Record<string, string | null>>,
  ): readonly Cause[] {
    const { dag, versions } = this.#options;
    const names = dag.queryInputsOf(node.name);
    const fates = new Map(names.map((name) => [name, this.#fateOf(name)]));
    const now = versions.inputsOf(node);
    const isOther = (name: string) => fates.get(name) === 'same' && now[name] !== inputs[name];
    const changed = names.filter((name) => fates.get(name) === 'changed' || isOther(name));
    if (changed.length > 0) return [{ type: 'input', inputs: changed }];
    const maybe = names.filter((name) => fates.get(name) === 'maybe');
    if (maybe.length > 0) return [{ type: 'input_rows', inputs: maybe }];
    if (versions.versionOf(node) === version) return [];
    if (node.kind === 'seed' || this.#options.limit) return [{ type: 'limit' }];
    return [node.kind === 'source' ? this.#filesCause(node.name) : { type: 'engine' }];
  }

  #filesCause(source: string): Cause {
    const files = this.#options.loads.get(source)?.files;
    const [added, changed, dropped] = [files?.added, files?.changed, files?.dropped].map(
      (list) => list?.length ?? 0,
    ) as [number, number, number];
    return { type: 'files', added, changed, dropped };
  }

  /** Rows that are built again may come out the same, unless the columns are others. A view's rows are those of its inputs. */
  #fateOfBuilt(node: ProjectNode<Relation>, causes: readonly Cause[], conditional: boolean): RowsFate {
    if (conditional) return 'maybe';
    if (causes.some(({ type }) => type === 'contract')) return 'changed';
    if (!isView(node)) return 'maybe';
    if (causes.every(({ type }) => type === 'full_refresh')) return this.#fateOfInputs(node.name);
    return 'changed';
  }

  #fateOf(name: string): RowsFate {
    const decision = this.#decisions.get(name);
    if (decision) return decision.fate;
    return isEphemeral(this.#relation(name)) ? this.#fateOfInputs(name) : 'same';
  }

  #fateOfInputs(name: string): RowsFate {
    return worst(this.#options.dag.queryInputsOf(name).map((input) => this.#fateOf(input)));
  }

  #testsByAnswerer(): ReadonlyMap<string, readonly ProjectTest[]> {
    const { dag, withoutTests } = this.#options;
    const context = this.#testContext();
    const tests = withoutTests
      ? []
      : projectTests(dag.project, dag).filter((test) => isRunnable(context, test));
    const byAnswerer = new Map<string, ProjectTest[]>();
    for (const test of tests) {
      const answerer = answererOf(context, test) ?? test.owner;
      byAnswerer.set(answerer, [...(byAnswerer.get(answerer) ?? []), test]);
    }
    return byAnswerer;
  }

  #testContext(): TestContext {
    return { ...this.#options, fateOf: (name) => this.#fateOf(name) };
  }

  #unitTestsOf({ declaration }: ProjectNode<Relation>): readonly UnitTest[] {
    return [...this.#options.dag.project.nodes.values()]
      .map((node) => node.declaration)
      .filter((test) => test instanceof UnitTest)
      .filter((test) => test.model === declaration);
  }

  /** A view outlives the build; what is only attached to it does not. */
  #deferredView(name: string): readonly MatineeError[] {
    const { dag, published } = this.#options;
    const node = this.#relation(name);
    if (!isView(node)) return [];
    const inputsOf = (reader: string): readonly string[] =>
      dag
        .queryInputsOf(reader)
        .flatMap((input) => (isEphemeral(this.#relation(input)) ? inputsOf(input) : [input]));
    const deferred = inputsOf(name).filter((input) => published.isDeferred(this.#relation(input)));
    return deferred.map(
      (input) =>
        new NodeError(
          'DEFERRED_VIEW',
          `'${name}' is a view and cannot read '${input}' from another target.`,
          {
            location: node.declaration.location,
            hint: `Build what it reads here as well: matinee build --select '+${name}'.`,
          },
        ),
    );
  }

  #decision(name: string): Decision {
    return this.#decisions.get(name) ?? REUSE;
  }

  #relation(name: string): ProjectNode<Relation> {
    return this.#options.dag.project.get(name) as ProjectNode<Relation>;
  }
}

function worst(fates: readonly RowsFate[]): RowsFate {
  if (fates.includes('changed')) return 'changed';
  return fates.includes('maybe') ? 'maybe' : 'same';
}

function increments(node: ProjectNode<Relation>): boolean {
  const { strategy = 'refresh' } = incrementalOf(node) ?? {};
  return strategy !== 'refresh';
}

function isMicrobatch(node: ProjectNode<Relation>): boolean {
  return incrementalOf(node)?.strategy === 'microbatch';
}

function fullAction(node: ProjectNode<Relation>): NodeAction {
  if (node.kind === 'source') return 'load';
  if (node.kind === 'seed') return 'seed';
  if (node.kind === 'snapshot') return 'snapshot';
  return isView(node) ? 'view' : 'create';
}
