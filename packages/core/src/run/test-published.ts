import { randomUUID } from 'node:crypto';
import type { Session } from '../adapters/adapter.js';
import { interruptible } from '../adapters/interruptible.js';
import { throwIfAborted } from '../adapters/interruption.js';
import { NodeError } from '../errors.js';
import { selectNodes } from '../graph/selection.js';
import type { Namer } from '../materialize/names.js';
import { UnitTest } from '../nodes/unit-test.js';
import { storedKind, type WarehouseState } from '../plan/state.js';
import { isRelationNode } from '../project/project.js';
import { isEphemeral, renderQuery } from '../project/render-query.js';
import { isBad } from '../testing/judge.js';
import { type ProjectTest, projectTests } from '../testing/project-tests.js';
import { runTest, type TestResult } from '../testing/run-test.js';
import { runUnitTests } from '../testing/unit-tests.js';
import type { RunResult } from './events.js';
import { createFailuresSchema, failuresTable } from './failures.js';
import { Ledger } from './ledger.js';
import type { RunOptions } from './run-options.js';
import { scenarioRunner } from './scenario.js';
import { runTasks } from './scheduler.js';
import type { SessionPool } from './session-pool.js';
import { targetNames } from './target-names.js';
import { withSessions } from './with-sessions.js';
import { writtenSchemas } from './written-schemas.js';

interface SelectedTests {
  readonly tests: readonly ProjectTest[];
  readonly unitTests: readonly UnitTest[];
}

/**
 * Runs the tests of the selected nodes on what is published, and the unit tests of the selected models. A test belongs to
 * the selection if its node, itself or any relation that a singular test reads is selected.
 *
 * @throws NodeError UPSTREAM_MISSING when a tested relation was never built.
 */
export async function testPublished(options: RunOptions): Promise<RunResult> {
  const {
    dag,
    warehouse,
    command,
    target = 'dev',
    clock = () => new Date(),
    variables = {},
    signal,
  } = options;
  const started = performance.now();
  const startedAt = clock();
  const names = targetNames(options);
  const { tests, unitTests } = selectTests(options);
  return withSessions(warehouse, signal, async ({ pool, session, settle }) => {
    const ledger = new Ledger(session, names);
    requireStored(options, await ledger.readState({ schemas: writtenSchemas(dag) }), names, tests);
    throwIfAborted(signal);
    const runId = randomUUID();
    const planned = [...new Set([...tests.map(({ owner }) => owner), ...unitTests.map(({ name }) => name)])];
    await ledger.create();
    await ledger.openRun({ runId, command, target, startedAt, variables, options: {}, planned });
    if (options.storeFailures) await createFailuresSchema(session, names);
    options.onEvent?.({
      type: 'run_started',
      runId,
      command,
      place: warehouse.place,
      nodes: 0,
      tests: tests.length + unitTests.length,
    });
    const unitResults = await runUnitTests(dag.project, unitTests, variables, scenarioRunner(dag, variables));
    for (const result of unitResults) options.onEvent?.({ type: 'unit_test_finished', result });
    const results = await runTests(
      options,
      tests,
      names,
      pool,
      unitResults.some(({ status }) => status !== 'passed'),
    );
    settle();
    const hasFailed =
      results.some(({ status }) => isBad(status)) || unitResults.some(({ status }) => status !== 'passed');
    const result: RunResult = {
      runId,
      status: signal?.aborted ? 'interrupted' : hasFailed ? 'failed' : 'ok',
      command,
      place: warehouse.place,
      startedAt: startedAt.toISOString(),
      seconds: (performance.now() - started) / 1000,
      nodes: [],
      tests: results,
      unitTests: unitResults,
      freshness: [],
      error: undefined,
    };
    await session.transaction(async () => {
      await ledger.recordResults(runId, [], [...results, ...unitResults]);
      await ledger.closeRun(runId, result.status, result.seconds);
    });
    options.onEvent?.({ type: 'run_finished', result });
    return result;
  });
}

function selectTests({ dag, select, exclude }: RunOptions): SelectedTests {
  const { project } = dag;
  const selected = selectNodes(dag, select, exclude);
  const tests = projectTests(project, dag).filter(
    (test) =>
      selected.has(test.owner) || (test.check === undefined && test.reads.some((name) => selected.has(name))),
  );
  const unitTests = [...project.nodes.values()]
    .map((node) => node.declaration)
    .filter((declaration) => declaration instanceof UnitTest)
    .filter((test) => selected.has(test.name) || selected.has(test.model.name));
  return { tests, unitTests };
}

/** @returns the results in the order of the tests, however they came in; those of an interrupted run as far as it came. */
async function runTests(
  options: RunOptions,
  tests: readonly ProjectTest[],
  names: Namer,
  pool: SessionPool,
  unitTestsFailed: boolean,
): Promise<readonly TestResult[]> {
  const { signal, onEvent } = options;
  const results = new Map<string, TestResult>();
  const run = (test: ProjectTest) =>
    pool.use(async (session) => {
      if (signal?.aborted) return false;
      const result = await interruptible(session, signal, () => runOne(options, test, names, session));
      if (signal?.aborted && result.status === 'errored') return false;
      results.set(test.name, result);
      onEvent?.({ type: 'test_finished', result });
      return true;
    });
  const hasFailed = () => unitTestsFailed || [...results.values()].some(({ status }) => isBad(status));
  const stop = () => signal?.aborted === true || (options.failFast === true && hasFailed());
  const tasks = tests.map((test, id) => ({ id, after: [], run: () => run(test), skip: () => undefined }));
  await runTasks(tasks, options.threads ?? 2, stop);
  return tests.map(({ name }) => results.get(name)).filter((result) => result !== undefined);
}

function runOne(
  { dag, variables = {}, storeFailures }: RunOptions,
  test: ProjectTest,
  names: Namer,
  session: Session,
): Promise<TestResult> {
  const { text: sql } = renderQuery(dag.project, test.query, {
    dialect: names.dialect,
    variables,
    relationName: (node) => names.published(node),
  });
  const storeIn = storeFailures ? failuresTable(names, test.name) : undefined;
  return runTest({ test, sql, session, storeIn });
}

/** A test of a relation that is not there must not pass unnoticed. */
function requireStored(
  { dag }: RunOptions,
  state: WarehouseState,
  names: Namer,
  tests: readonly ProjectTest[],
): void {
  const readThrough = (name: string): readonly string[] =>
    isEphemeral(dag.project.get(name)) ? dag.queryInputsOf(name).flatMap(readThrough) : [name];
  for (const name of new Set(tests.flatMap((test) => test.reads.flatMap(readThrough)))) {
    const node = dag.project.get(name);
    if (!isRelationNode(node) || storedKind(state, names, node)) continue;
    throw new NodeError('UPSTREAM_MISSING', `A test reads '${name}', which was never built in this target.`, {
      location: node.declaration.location,
      hint: `Build it first: matinee build --select '+${name}'.`,
    });
  }
}
