import { randomUUID } from 'node:crypto';
import type { Session } from '../adapters/adapter.js';
import { throwIfAborted } from '../adapters/interruption.js';
import { InterruptedError, MatineeError, messageOf } from '../errors.js';
import type { Namer } from '../materialize/names.js';
import { Model } from '../nodes/model.js';
import { allStages, type GroupStage, hasNothingToDo, type Plan } from '../plan/plan.js';
import type { WarehouseState } from '../plan/state.js';
import { runUnitTests, type UnitTestResult } from '../testing/unit-tests.js';
import { freshnessOfBuild } from './build-freshness.js';
import { ChangeFeeds } from './change-feeds.js';
import { Collector } from './collector.js';
import { describeAnew, staleDescriptions } from './describe-anew.js';
import type { RunResult, RunStatus } from './events.js';
import { createFailuresSchema, failuresTable } from './failures.js';
import { GroupRun } from './group-run.js';
import { Ledger } from './ledger.js';
import { dropLeftovers, findLeftovers } from './leftovers.js';
import { type PlanWarning, planWarnings } from './plan-warnings.js';
import { preparePlan } from './prepare-plan.js';
import { PublicationLog } from './publication-log.js';
import type { RunContext } from './run-context.js';
import { runHooks } from './run-hooks.js';
import type { BuildOptions } from './run-options.js';
import { scenarioRunner } from './scenario.js';
import { runTasks, type SkipCause } from './scheduler.js';
import type { SessionPool } from './session-pool.js';
import { skipGroup } from './skip-group.js';
import { tagStatements } from './tag-statements.js';
import { targetNames } from './target-names.js';
import { withSessions } from './with-sessions.js';

const DEFAULT_THREADS = 2;

/**
 * Plans and builds the selected nodes: candidates, tests, publication, group by group. A plan with nothing to do runs no
 * statement and leaves no trace in the ledger, but for the new times of files whose content has stayed.
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
  const startedAt = clock();
  const runId = randomUUID();
  // The sessions that are opened for it begin as the run's, and the lease is kept for it.
  warehouse.tag?.({ run: runId });
  return withSessions(warehouse, signal, async ({ pool, session, settle }) => {
    tagStatements(session, runId);
    const names = targetNames(options);
    const ledger = new Ledger(session, names);
    const finished = await finishPublications(options, session, names, ledger);
    const site = { runId, names, ledger, isRecovered: finished.length > 0 };
    const { plan, state } = await preparePlan(options, session, site);
    const leftovers = findLeftovers(names, dag, state);
    const undescribed = staleDescriptions(warehouse, plan);
    const isIdle =
      hasNothingToDo(plan) &&
      undescribed.length === 0 &&
      leftovers.length === 0 &&
      state.openRuns.length === 0;
    throwIfAborted(signal);
    const collector = new Collector(plan, names, (event) => options.onEvent?.(event));
    await ledger.recordTouched([...plan.loads.values()].map(({ files }) => files));
    const feeds = new ChangeFeeds(dag, names);
    const run: Execution = { options, plan, state, names, ledger, feeds, runId, pool, collector, session };
    if (!isIdle) {
      await open(run, startedAt);
      await dropLeftovers(session, leftovers);
      await createSchemas(run);
      await feeds.open(session, state);
    }
    const refused = await describeAnew(undescribed, {
      ...run,
      warehouse,
      project: dag.project,
      variables: options.variables ?? {},
    });
    const { nodes, tests } = collector.totals;
    options.onEvent?.({ type: 'run_started', runId, command, place: warehouse.place, nodes, tests });
    for (const warning of [...finished, ...planWarnings(options, plan), ...refused])
      options.onEvent?.({ type: 'warning', ...warning });
    let error = isIdle ? undefined : await hooks(run, 'onRunStart');
    const unitTests = error ? [] : await unitTestsOf(run);
    if (!error) await runGroups(run, unitTests);
    settle();
    const statusNow = () => (error ? 'failed' : statusOf(collector, signal));
    if (!isIdle) error = (await hooks(run, 'onRunEnd', statusNow())) ?? error;
    const freshness = await freshnessOfBuild(run);
    const result: RunResult = {
      runId,
      status: statusNow(),
      command,
      place: warehouse.place,
      startedAt: startedAt.toISOString(),
      seconds: (performance.now() - started) / 1000,
      nodes: collector.nodes,
      tests: collector.testsInOrder(),
      unitTests,
      freshness,
      error,
    };
    if (!isIdle) await close(run, result);
    options.onEvent?.({ type: 'run_finished', result });
    return result;
  });
}

interface Execution {
  readonly options: BuildOptions;
  readonly plan: Plan;
  readonly state: WarehouseState;
  readonly names: Namer;
  readonly ledger: Ledger;
  readonly feeds: ChangeFeeds;
  readonly runId: string;
  readonly pool: SessionPool;
  readonly session: Session;
  readonly collector: Collector;
}

/** Finishes what a run that was killed had begun to publish, before anything is planned on it. */
async function finishPublications(
  { warehouse }: BuildOptions,
  session: Session,
  names: Namer,
  ledger: Ledger,
): Promise<readonly PlanWarning[]> {
  if (warehouse.capabilities.transactionalDdl) return [];
  const log = new PublicationLog(warehouse, session, names);
  return (await log.recover(ledger)).map((mark) => ({
    code: 'PUBLICATION_FINISHED',
    message: `A run that was broken off had begun to publish; that is finished now: ${mark}.`,
  }));
}

/** Notes that the run has begun. */
async function open(
  { options, plan, names, session, ledger, runId }: Execution,
  startedAt: Date,
): Promise<void> {
  const {
    command,
    target = 'dev',
    variables = {},
    kinds,
    fullRefresh,
    withoutTests,
    atomic,
    limit,
    window,
    prune,
    warehouse,
  } = options;
  await ledger.create();
  if (!warehouse.capabilities.transactionalDdl) await new PublicationLog(warehouse, session, names).create();
  await ledger.openRun({
    runId,
    command,
    target,
    startedAt,
    variables,
    options: { kinds, fullRefresh, withoutTests, atomic, limit, window, prune },
    planned: allStages(plan).map(({ node }) => node.name),
  });
}

/** Notes how the run went, as far as that was not noted with what it published. */
async function close(
  { options, ledger, feeds, collector, session, runId }: Execution,
  result: RunResult,
): Promise<void> {
  const { nodes, tests } = collector.unrecorded();
  const work = session.transaction(async () => {
    await options.warehouse.requireWriter?.(session);
    await ledger.recordResults(runId, nodes, [...tests, ...result.unitTests]);
    await ledger.closeRun(runId, result.status, result.seconds);
    await feeds.trim(session, await ledger.readVersions());
  });
  await work.catch((error: unknown) => {
    // A full disk fails nodes, and then the ledger as well: the nodes' own errors say more.
    if (result.status === 'ok') throw error;
  });
}

/** All schemas that the plan writes to, at once: groups that run side by side would get into each other's way. */
async function createSchemas({ options, plan, names, session }: Execution): Promise<void> {
  const written = allStages(plan).filter(({ action }) => action !== 'reuse' && action !== 'inline');
  for (const schema of new Set(written.map(({ node }) => node.schema))) {
    await session.execute(`create schema if not exists ${names.quote(names.schema(schema))}`);
  }
  if (options.storeFailures) await createFailuresSchema(session, names);
}

/** @returns the error of the hook that failed, if one did. */
async function hooks(
  { options, names, runId, session }: Execution,
  name: 'onRunStart' | 'onRunEnd',
  status?: RunStatus,
): Promise<MatineeError | undefined> {
  const { command, target = 'dev', variables = {}, dag } = options;
  const told = { command, target, runId, ...(status && { status }) };
  try {
    await runHooks(name, options[name] ?? [], told, {
      project: dag.project,
      names,
      variables,
      session,
      warehouse: options.warehouse,
    });
    return undefined;
  } catch (error) {
    return error instanceof MatineeError ? error : new MatineeError('HOOK_FAILED', messageOf(error));
  }
}

async function unitTestsOf({ options, plan }: Execution): Promise<readonly UnitTestResult[]> {
  const { dag, onEvent, variables = {} } = options;
  const tests = allStages(plan)
    .filter((stage) => stage.runsUnitTests)
    .flatMap((stage) => stage.unitTests);
  const results = await runUnitTests(dag.project, tests, variables, scenarioRunner(dag, variables));
  for (const result of results) onEvent?.({ type: 'unit_test_finished', result });
  return results;
}

async function runGroups(execution: Execution, unitTestResults: readonly UnitTestResult[]): Promise<void> {
  const { options, plan, pool, collector } = execution;
  const context = contextOf(execution, unitTestResults);
  const tasks = plan.groups.map((group) => ({
    id: group.id,
    after: group.after,
    run: () => pool.use((session) => runGroup(context, group, session)),
    skip: (cause: SkipCause) => skipGroup(context, group, options.dag, cause, collector.failed()),
  }));
  const stop = () => options.signal?.aborted === true || (options.failFast === true && collector.hasFailed());
  await runTasks(tasks, options.threads ?? DEFAULT_THREADS, stop);
}

function contextOf(execution: Execution, unitTestResults: readonly UnitTestResult[]): RunContext {
  const { options, names, collector } = execution;
  let publishing: Promise<unknown> = Promise.resolve();
  return {
    ...execution,
    warehouse: options.warehouse,
    dag: options.dag,
    project: options.dag.project,
    variables: options.variables ?? {},
    clock: options.clock ?? (() => new Date()),
    signal: options.signal,
    loader: options.loader,
    maxRejects: options.maxRejects ?? { rows: 0 },
    storeFailures: options.storeFailures ?? false,
    window: options.window,
    withoutTests: options.withoutTests ?? false,
    unitTestResults,
    emit: (event) => options.onEvent?.(event),
    started: (stage) => collector.started(stage),
    tested: (result) => collector.tested(result),
    finished: (stage, result) => collector.finished(stage, result),
    resultOf: (stage, result) => collector.resultOf(stage, result),
    recorded: (results) => collector.recorded(results),
    timeoutOf: ({ declaration }) =>
      (declaration instanceof Model ? declaration.timeout : undefined) ?? options.nodeTimeout,
    failuresTable: (test) => failuresTable(names, test),
    publishing: (work) => {
      const next = publishing.then(work);
      publishing = next.catch(() => undefined);
      return next;
    },
  };
}

async function runGroup(context: RunContext, group: GroupStage, session: Session): Promise<boolean> {
  try {
    return await new GroupRun(context, group, session).execute();
  } catch (error) {
    if (error instanceof InterruptedError) return false;
    throw error;
  }
}

function statusOf(collector: Collector, signal: AbortSignal | undefined): RunStatus {
  if (signal?.aborted) return 'interrupted';
  return collector.hasFailed() ? 'failed' : 'ok';
}
