import { randomUUID } from 'node:crypto';
import { InterruptedError, NodeError } from '../errors.js';
import { selectNodes } from '../graph/selection.js';
import { Namer } from '../materialize/names.js';
import { UnitTest } from '../nodes/unit-test.js';
import { storedKind, type WarehouseState } from '../plan/state.js';
import { isRelationNode } from '../project/project.js';
import { isEphemeral, renderQuery } from '../project/render-query.js';
import { type ProjectTest, projectTests } from '../testing/project-tests.js';
import { runTest, type TestResult } from '../testing/run-test.js';
import { runUnitTests } from '../testing/unit-tests.js';
import type { RunOptions } from './build.js';
import type { RunResult } from './events.js';
import { createFailuresSchema, failuresTable } from './failures.js';
import { isInterruption, throwIfAborted } from './interruption.js';
import { Ledger } from './ledger.js';
import { runTasks } from './scheduler.js';
import { SessionPool } from './session-pool.js';

/**
 * Runs the tests of the selected nodes on what is published, and the unit tests of the selected models. A test belongs to
 * the selection if its node, itself or any relation that a singular test reads is selected.
 *
 * @throws NodeError UPSTREAM_MISSING when a tested relation was never built.
 */
export async function testPublished(options: RunOptions): Promise<RunResult> {
  const { dag, warehouse, command, clock = () => new Date(), variables = {}, onEvent, signal } = options;
  const { project } = dag;
  const started = performance.now();
  const startedAt = clock().toISOString();
  const names = new Namer(warehouse.dialect, options.schemaPrefix);
  const selected = selectNodes(dag, options.select, options.exclude);
  const tests = projectTests(project, dag).filter(
    (test) =>
      selected.has(test.owner) || (test.check === undefined && test.reads.some((name) => selected.has(name))),
  );
  const unitTests = [...project.nodes.values()]
    .map((node) => node.declaration)
    .filter((declaration) => declaration instanceof UnitTest)
    .filter((test) => selected.has(test.name) || selected.has(test.model.name));
  const pool = new SessionPool(warehouse);
  const interrupt = () => pool.interrupt();
  signal?.addEventListener('abort', interrupt);
  try {
    return await pool.use(async (session) => {
      const ledger = new Ledger(session, names);
      requireStored(options, await ledger.readState(), names, tests);
      await ledger.create();
      if (options.storeFailures) await createFailuresSchema(session, names);
      throwIfAborted(signal);
      const runId = randomUUID();
      onEvent?.({
        type: 'run_started',
        runId,
        command,
        place: warehouse.place,
        nodes: 0,
        tests: tests.length + unitTests.length,
      });
      const unitResults = await runUnitTests(project, unitTests, variables);
      for (const result of unitResults) onEvent?.({ type: 'unit_test_finished', result });
      const results: TestResult[] = [];
      const order = tests.map((test) => test.name);
      const run = (test: ProjectTest) =>
        pool.use(async (own) => {
          const { text: sql } = renderQuery(project, test.query, {
            dialect: names.dialect,
            variables,
            relationName: (node) => names.published(node),
          });
          const storeIn = options.storeFailures ? failuresTable(names, test.name) : undefined;
          const result = await runTest({ test, sql, session: own, storeIn });
          if (signal?.aborted && result.status === 'errored') return false;
          results.push(result);
          onEvent?.({ type: 'test_finished', result });
          return true;
        });
      const hasFailed = () =>
        results.some(({ status }) => status === 'failed' || status === 'errored') ||
        unitResults.some(({ status }) => status !== 'passed');
      const tasks = tests.map((test, id) => ({ id, after: [], run: () => run(test), skip: () => undefined }));
      await runTasks(
        tasks,
        options.threads ?? 2,
        () => signal?.aborted === true || (options.failFast === true && hasFailed()),
      );
      const result: RunResult = {
        runId,
        status: signal?.aborted ? 'interrupted' : hasFailed() ? 'failed' : 'ok',
        command,
        place: warehouse.place,
        startedAt,
        seconds: (performance.now() - started) / 1000,
        nodes: [],
        tests: results.toSorted((a, b) => order.indexOf(a.test) - order.indexOf(b.test)),
        unitTests: unitResults,
      };
      signal?.removeEventListener('abort', interrupt);
      await ledger.recordRun(result, JSON.stringify(variables));
      onEvent?.({ type: 'run_finished', result });
      return result;
    });
  } catch (error) {
    throw signal?.aborted && isInterruption(error) ? new InterruptedError() : error;
  } finally {
    signal?.removeEventListener('abort', interrupt);
    await pool.close();
  }
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
