import type { Delivery } from '../adapters/source-loader.js';
import type { Dag } from '../graph/dag.js';
import type { Namer } from '../materialize/names.js';
import type { Relation } from '../nodes/relation.js';
import type { Source } from '../nodes/source.js';
import { isRelationNode, type Project, type ProjectNode } from '../project/project.js';
import { isEphemeral, isView } from '../project/render-query.js';
import type { VariableValues } from '../project/variables.js';
import { Fingerprints } from './fingerprint.js';
import { publishGroups } from './groups.js';
import type { GroupStage, Plan } from './plan.js';
import { Planner } from './planner.js';
import { Published, type TargetState } from './published.js';
import type { RowLimit } from './row-limit.js';
import { RowsVersions, sourceVersion } from './rows-versions.js';
import { compareFiles } from './source-files.js';
import { type SourceLoad, sourceLoad } from './source-load.js';
import { storedKind, type WarehouseState } from './state.js';
import { upstreamProblems } from './upstream.js';

export interface PlanOptions {
  readonly dag: Dag;
  /** Names of the selected nodes; those that are no relations are ignored. */
  readonly selected: ReadonlySet<string>;
  readonly state: WarehouseState;
  readonly names: Namer;
  readonly variables: VariableValues;
  /** Told apart from other runs by it: volatile nodes have another version in each. */
  readonly runId: string;
  /** The delivery of the selected sources. */
  readonly delivery?: Delivery | undefined;
  /** Let go of the rows of files that are gone from where they were loaded. */
  readonly prune?: boolean;
  /** Another target, from which nodes are read that are not built now and were never built here. */
  readonly deferred?: TargetState | undefined;
  readonly fullRefresh?: boolean;
  /** Leave the tests out; what is published then counts as untested. */
  readonly withoutTests?: boolean;
  readonly limit?: RowLimit | undefined;
  /** Models in microbatches compute a stretch of time anew. */
  readonly backfill?: boolean;
  /** Publish all nodes together at the end, or none. */
  readonly atomic?: boolean;
}

/**
 * Decides what a build does with every selected node, and why.
 *
 * @throws NodeError UPSTREAM_MISSING, UPSTREAM_STALE (all of them at once) when a node that is not selected but read was
 *   never published, or was published from other code or with other variables.
 */
export function buildPlan(options: PlanOptions): Plan {
  const { dag, state, names, deferred, runId, delivery, limit } = options;
  const { project } = dag;
  const fingerprints = new Fingerprints({ project, dialect: names.dialect, variables: options.variables });
  const built = new Set(dag.inOrder(withViews(options, fingerprints)));
  const published = new Published({ names, state }, deferred, built);
  const loads = sourceLoads(options, built, published, fingerprints);
  const versionsWith = (names: ReadonlySet<string>) =>
    new RowsVersions({ dag, fingerprints, published, built: names, runId, loads, limit });
  const versions = versionsWith(built);
  const planner = new Planner({ ...options, built, fingerprints, published, versions, loads });
  const stages = planner.stages();
  const tests = [...stages.values()].flatMap((stage) => stage.tests.map(({ test }) => test));
  const groups = publishGroups(dag, built, tests, {
    atomic: options.atomic ?? false,
    standing: standingViews(options, built),
  });
  return {
    delivery,
    loads,
    limit,
    groups: groups.map(
      ({ names: members, after }, id): GroupStage => ({
        id,
        nodes: members.map((name) => stages.get(name)).filter((stage) => stage !== undefined),
        after,
      }),
    ),
    downstream: planner.downstream(),
    deferred: deferredInputs(dag.project, built, dag, published),
    published,
    versions,
    before: versionsWith(new Set()),
  };
}

/** What would be loaded into each source that is built. */
function sourceLoads(
  { dag, delivery, state, names, limit, fullRefresh = false, prune = false }: PlanOptions,
  built: ReadonlySet<string>,
  published: Published,
  fingerprints: Fingerprints,
): ReadonlyMap<string, SourceLoad> {
  if (!delivery) return new Map();
  const { place } = delivery;
  const sources = [...built].map((name) => dag.project.get(name)).filter(({ kind }) => kind === 'source');
  return new Map(
    sources.map((one) => {
      const node = one as ProjectNode<Source>;
      const standing = state.files.get(node.name) ?? [];
      const delivered = delivery.files.filter(({ source }) => source === node.name);
      const files = compareFiles(delivered, standing, { place, prune });
      const version = sourceVersion(fingerprints.of(node).fingerprint, standing, undefined);
      const isKnown = storedKind(state, names, node) === 'table' && published.of(node)?.version === version;
      const isAnew = fullRefresh || limit !== undefined;
      return [node.name, sourceLoad(node.declaration, files, { isKnown, isAnew })];
    }),
  );
}

/**
 * The selected relations, and every published view over them: a view shows new rows the moment its input does. A view
 * whose other inputs are missing or stale stays as it is, until it is built together with them.
 */
function withViews(
  { dag, selected, state, names, deferred }: PlanOptions,
  fingerprints: Fingerprints,
): ReadonlySet<string> {
  const built = new Set([...selected].filter((name) => isRelationNode(dag.project.get(name))));
  const isBuilt = (name: string): boolean =>
    built.has(name) || (isEphemeral(dag.project.get(name)) && dag.queryInputsOf(name).some(isBuilt));
  const published = new Published({ names, state }, deferred, built);
  for (const name of dag.inOrder(dag.project.nodes.keys())) {
    const node = dag.project.get(name);
    if (!isView(node) || storedKind(state, names, node) === undefined) continue;
    if (!dag.queryInputsOf(name).some(isBuilt)) continue;
    if (upstreamProblems({ dag, published, fingerprints }, built, name).length === 0) built.add(name);
  }
  return built;
}

/** What the views read that stand published now: they show it until they are replaced. */
function standingViews(
  { dag, state, names }: PlanOptions,
  built: ReadonlySet<string>,
): ReadonlyMap<string, readonly string[]> {
  const views = [...built].filter((name) => storedKind(state, names, dag.project.get(name)) === 'view');
  return new Map(views.map((name) => [name, Object.keys(state.versions.get(name)?.inputs ?? {})]));
}

function deferredInputs(
  project: Project,
  built: ReadonlySet<string>,
  dag: Dag,
  published: Published,
): readonly string[] {
  const readBy = (name: string): readonly string[] =>
    dag.inputsOf(name).flatMap((input) => (isEphemeral(project.get(input)) ? readBy(input) : [input]));
  const read = new Set([...built].flatMap(readBy));
  return dag.inOrder(
    [...read].filter((name) => {
      const node = project.get(name);
      return isRelationNode(node) && published.isDeferred(node as ProjectNode<Relation>);
    }),
  );
}
