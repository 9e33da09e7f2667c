import { randomUUID } from 'node:crypto';
import type { Session, Warehouse } from '../adapters/adapter.js';
import type { Delivery, RejectLimit, SourceLoader } from '../adapters/source-loader.js';
import { InterruptedError, UsageError } from '../errors.js';
import type { Dag } from '../graph/dag.js';
import { selectNodes } from '../graph/selection.js';
import { candidateOf, Namer } from '../materialize/names.js';
import type { NodeKind } from '../nodes/node.js';
import { Source } from '../nodes/source.js';
import { buildPlan } from '../plan/build-plan.js';
import { allStages, type GroupStage, type Plan } from '../plan/plan.js';
import type { WarehouseState } from '../plan/state.js';
import type { VariableValues } from '../project/variables.js';
import { runUnitTests, type UnitTestResult } from '../testing/unit-tests.js';
import { Collector } from './collector.js';
import type { RunEvent, RunResult, RunStatus } from './events.js';
import { createFailuresSchema, failuresTable } from './failures.js';
import { GroupRun } from './group-run.js';
import { isInterruption, throwIfAborted } from './interruption.js';
import { Ledger } from './ledger.js';
import type { RunContext } from './run-context.js';
import { runTasks, type SkipCause } from './scheduler.js';
import { SessionPool } from './session-pool.js';

/** What a run needs; clock and the like are handed in. */
export interface RunOptions {
  readonly dag: Dag;
  readonly warehouse: Warehouse;
  /** The command as people know it: `build`, `run`, … */
  readonly command: string;
  readonly select?: readonly string[];
  readonly exclude?: readonly string[];
  readonly variables?: VariableValues;
  readonly schemaPrefix?: string;
  /** Groups that run side by side. Default 2. */
  readonly threads?: number;
  /** Start nothing more once something has failed. */
  readonly failFast?: boolean;
  /** Keep failing rows in schema `_matinee_failures`. */
  readonly storeFailures?: boolean;
  readonly clock?: () => Date;
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: RunEvent) => void;
}

export interface BuildOptions extends RunOptions {
  /** Only nodes of these kinds among the selected. */
  readonly kinds?: readonly NodeKind[];
  readonly fullRefresh?: boolean;
  readonly withoutTests?: boolean;
  /** Loads sources; needed as soon as one is selected. */
  readonly loader?: SourceLoader;
  readonly maxRejects?: RejectLimit;
}

const DEFAULT_THREADS = 2;

/**
 * Plans and builds the selected nodes: candidates, tests, publication, group by group.
 *
 * Failing nodes and tests are part of the result and throw nothing. An interruption through the signal rolls back what
 * was not published and gives a result with status `interrupted`.
 *
 * @throws UsageError, LoadError or NodeError when there is nothing that could be run: wrong selectors, no delivery, an
 *   upstream that was never built. InterruptedError when it is interrupted before it has a plan.
 */
export async function build(options: BuildOptions): Promise<RunResult> {
  const { dag, warehouse, clock = () => new Date(), command, signal } = options;
  const started = performance.now();
  const startedAt = clock().toISOString();
  const names = new Namer(warehouse.dialect, options.schemaPrefix);
  const variables = options.variables ?? {};
  const pool = new SessionPool(warehouse);
  const interrupt = () => pool.interrupt();
  signal?.addEventListener('abort', interrupt);
  try {
    return await pool.use(async (session) => {
      const ledger = new Ledger(session, names);
      const state = await ledger.readState();
      const selected = selectKinds(options);
      const delivery = await survey(options, selected);
      const runId = randomUUID();
      const plan = buildPlan({
        dag,
        runId,
        selected,
        state,
        names,
        variables,
        delivery,
        fullRefresh: options.fullRefresh ?? false,
        withoutTests: options.withoutTests ?? false,
      });
      await ledger.create();
      await dropLeftovers(session, names, dag, state);
      await createSchemas(session, names, plan, options);
      throwIfAborted(signal);
      const collector = new Collector(plan, names, (event) => options.onEvent?.(event));
      const { nodes, tests } = collector.totals;
      options.onEvent?.({ type: 'run_started', runId, command, place: warehouse.place, nodes, tests });
      const unitTests = await unitTestsOf(options, plan);
      await runGroups(options, { plan, state, names, ledger, runId, unitTests, pool, collector });
      const result: RunResult = {
        runId,
        status: statusOf(collector, signal),
        command,
        place: warehouse.place,
        startedAt,
        seconds: (performance.now() - started) / 1000,
        nodes: collector.nodes,
        tests: collector.testsInOrder(),
        unitTests,
      };
      signal?.removeEventListener('abort', interrupt);
      await ledger.recordRun(result, JSON.stringify(variables)).catch((error: unknown) => {
        // A full disk fails nodes, and then the ledger as well: the nodes' own errors say more.
        if (result.status === 'ok') throw error;
      });
      options.onEvent?.({ type: 'run_finished', result });
      return result;
    });
  } catch (error) {
    throw signal?.aborted && isInterruption(error) ? new InterruptedError() : error;
  } finally {
    signal?.removeEventListener('abort', interrupt);
    await pool.close();
  }
}

function selectKinds({ dag, select, exclude, kinds }: BuildOptions): ReadonlySet<string> {
  const selected = selectNodes(dag, select, exclude);
  return kinds
    ? new Set([...selected].filter((name) => kinds.includes(dag.project.get(name).kind)))
    : selected;
}

async function survey(
  { dag, loader }: BuildOptions,
  selected: ReadonlySet<string>,
): Promise<Delivery | undefined> {
  const declarations = [...selected].map((name) => dag.project.get(name).declaration);
  const sources = declarations.filter((declaration) => declaration instanceof Source);
  if (sources.length === 0) return undefined;
  if (!loader)
    throw new UsageError('SOURCE_MISSING', 'Sources are selected, but nothing says where their files are.', {
      hint: 'Give --source FOLDER.',
    });
  return loader.survey(sources);
}

/** Candidates that a run which was killed has left behind. The target is ours alone now, so nobody builds them. */
async function dropLeftovers(session: Session, names: Namer, dag: Dag, state: WarehouseState): Promise<void> {
  for (const schema of new Set(dag.project.relations().map((node) => node.schema))) {
    const start = `${names.schema(schema)}.`.toLowerCase();
    for (const [stored, kind] of state.stored) {
      if (!stored.startsWith(start) || candidateOf(stored) === undefined) continue;
      const candidate = names.inSchema(schema, stored.slice(start.length));
      await session.execute(`drop ${kind} if exists ${candidate}`);
    }
  }
}

/** All schemas that the plan writes to, at once: groups that run side by side would get into each other's way. */
async function createSchemas(
  session: Session,
  names: Namer,
  plan: Plan,
  { storeFailures }: BuildOptions,
): Promise<void> {
  const written = allStages(plan).filter(({ action }) => action !== 'reuse' && action !== 'inline');
  for (const schema of new Set(written.map(({ node }) => node.schema))) {
    await session.execute(`create schema if not exists ${names.quote(names.schema(schema))}`);
  }
  if (storeFailures) await createFailuresSchema(session, names);
}

async function unitTestsOf(
  { dag, onEvent, variables = {} }: BuildOptions,
  plan: Plan,
): Promise<readonly UnitTestResult[]> {
  const tests = allStages(plan)
    .filter((stage) => stage.action !== 'reuse')
    .flatMap((stage) => stage.unitTests);
  const results = await runUnitTests(dag.project, tests, variables);
  for (const result of results) onEvent?.({ type: 'unit_test_finished', result });
  return results;
}

interface Execution {
  readonly plan: Plan;
  readonly state: WarehouseState;
  readonly names: Namer;
  readonly ledger: Ledger;
  readonly runId: string;
  readonly unitTests: readonly UnitTestResult[];
  readonly pool: SessionPool;
  readonly collector: Collector;
}

async function runGroups(options: BuildOptions, execution: Execution): Promise<void> {
  const { plan, names, pool, collector, unitTests } = execution;
  let publishing: Promise<unknown> = Promise.resolve();
  const context: RunContext = {
    ...execution,
    project: options.dag.project,
    variables: options.variables ?? {},
    clock: options.clock ?? (() => new Date()),
    signal: options.signal,
    loader: options.loader,
    maxRejects: options.maxRejects ?? { rows: 0 },
    storeFailures: options.storeFailures ?? false,
    withoutTests: options.withoutTests ?? false,
    unitTestResults: unitTests,
    emit: (event) => options.onEvent?.(event),
    started: (stage) => collector.started(stage),
    tested: (result) => collector.tested(result),
    finished: (stage, result) => collector.finished(stage, result),
    failuresTable: (test) => failuresTable(names, test),
    publishing: (work) => {
      const next = publishing.then(work);
      publishing = next.catch(() => undefined);
      return next;
    },
  };
  const tasks = plan.groups.map((group) => ({
    id: group.id,
    after: group.after,
    run: () => pool.use((session) => runGroup(context, group, session)),
    skip: (cause: SkipCause) => skipGroup(context, group, options.dag, cause, collector.failed()),
  }));
  const stop = () => options.signal?.aborted === true || (options.failFast === true && collector.hasFailed());
  await runTasks(tasks, options.threads ?? DEFAULT_THREADS, stop);
}

async function runGroup(context: RunContext, group: GroupStage, session: Session): Promise<boolean> {
  try {
    return await new GroupRun(context, group, session).execute();
  } catch (error) {
    if (error instanceof InterruptedError) return false;
    throw error;
  }
}

function skipGroup(
  { finished, signal }: RunContext,
  group: GroupStage,
  dag: Dag,
  cause: SkipCause,
  failed: ReadonlySet<string>,
): void {
  const needed = new Set(group.nodes.flatMap(({ node }) => [...dag.reach(node.name, 'up')]));
  const culprits = dag.inOrder([...failed].filter((name) => needed.has(name)));
  const reason = signal?.aborted
    ? 'the run was interrupted'
    : cause === 'stopped'
      ? 'something failed before, and the run was to stop then'
      : `it or what it is published with needs ${culprits.join(', ')}, which failed`;
  for (const stage of group.nodes) {
    finished(stage, {
      status: 'skipped',
      rows: undefined,
      seconds: 0,
      reason,
      error: undefined,
      load: undefined,
      tests: { passed: 0, warned: 0, failed: 0 },
    });
  }
}

function statusOf(collector: Collector, signal: AbortSignal | undefined): RunStatus {
  if (signal?.aborted) return 'interrupted';
  return collector.hasFailed() ? 'failed' : 'ok';
}
