import type { Session } from '../adapters/adapter.js';
import { changesModel } from '../graph/mappings.js';
import { publishTable, publishView } from '../materialize/publish.js';
import { publishSlice } from '../materialize/slice.js';
import type { NodeStage } from '../plan/plan.js';
import { type PassedTest, storedKind } from '../plan/state.js';
import { testVersion } from '../plan/test-stages.js';
import { isEphemeral } from '../project/render-query.js';
import { throwIfAborted } from './interruption.js';
import type { Ledger } from './ledger.js';
import { finishedNode, type NodeProgress } from './node-progress.js';
import type { RunContext } from './run-context.js';

/** A node of a group, built and tested. */
export interface NodeOutcome {
  readonly stage: NodeStage;
  readonly progress: NodeProgress;
}

interface Publication {
  readonly session: Session;
  /** The query behind a view's published name. */
  readonly viewSelect: (stage: NodeStage) => string;
  readonly now: Date;
}

/**
 * Puts all candidates of a group in the place of what was published, and notes it in the ledger, in one transaction.
 *
 * @returns whether there was anything to publish or to note.
 */
export async function publishGroup(
  run: RunContext,
  outcomes: readonly NodeOutcome[],
  publication: Publication,
): Promise<boolean> {
  const open = outcomes.filter(({ stage, progress }) => !isSettled(stage, progress));
  if (open.length === 0) return false;
  await run.publishing(() => {
    throwIfAborted(run.signal);
    return publication.session.transaction(async () => {
      const ledger = run.ledger.on(publication.session);
      for (const outcome of open) {
        const started = performance.now();
        await publishNode(run, outcome, publication, ledger);
        outcome.progress.seconds += (performance.now() - started) / 1000;
      }
      const results = open.map(({ stage, progress }) => run.resultOf(stage, finishedNode(progress)));
      await ledger.recordResults(
        run.runId,
        results,
        open.flatMap(({ progress }) => progress.tests),
      );
      run.recorded(results);
    });
  });
  return true;
}

/** Whether nothing about a node differs from what the ledger says: neither its rows nor the tests they have passed. */
function isSettled({ action, runsUnitTests }: NodeStage, progress: NodeProgress): boolean {
  const isUntouched = progress.status === 'reused' || action === 'inline';
  return isUntouched && !progress.hasFreshTests && !runsUnitTests;
}

async function publishNode(
  run: RunContext,
  { stage, progress }: NodeOutcome,
  { session, viewSelect, now }: Publication,
  ledger: Ledger,
): Promise<void> {
  const { names, state, runId, plan } = run;
  const { node, action, unitTestsVersion } = stage;
  const passed = passedTests(run, stage, progress);
  if (progress.status === 'reused') return ledger.recordTests(node.name, passed, unitTestsVersion);
  const before = plan.published.of(node);
  if (progress.hasCandidate) {
    const existing = storedKind(state, names, node);
    const isAsBefore = existing === 'view' && before?.fingerprint === stage.fingerprint;
    const { increment } = progress;
    const statements = increment
      ? [
          ...(increment.prepare ?? []),
          ...publishSlice(increment.slice),
          `drop view ${names.candidate(node)}`,
          ...increment.cleanUp,
        ]
      : action === 'view'
        ? publishView(node, isAsBefore ? undefined : viewSelect(stage), names, existing)
        : publishTable(node, names, existing);
    for (const statement of statements) await session.execute(statement);
    await ledger.recordRelation(node.schema, node.name, runId, now);
  }
  const isUnchanged = before !== undefined && progress.rowsChanged === false;
  await ledger.recordVersion({
    node: node.name,
    fingerprint: stage.fingerprint,
    version: plan.versions.versionOf(node),
    rowsVersion: isUnchanged ? before.rowsVersion : (plan.versions.of(node.name) ?? ''),
    inputs: plan.versions.inputsOf(node),
    base: changesModel(node) ? plan.versions.baseOf(node) : undefined,
    definition: stage.definition,
    tests: passed,
    unitTestsVersion: run.withoutTests ? before?.unitTestsVersion : unitTestsVersion,
    rows: isEphemeral(node) ? 0 : (progress.rows ?? 0),
    publishedBy: isUnchanged && node.kind !== 'source' ? undefined : { runId, at: now },
  });
  if (progress.load) await ledger.recordFiles(plan.delivery?.place ?? '', runId, progress.load);
  if (progress.step && !isUnchanged) await run.feeds.publish(session, progress.step, now);
}

/** The tests that hold on what is published now; without tests, those that held before on the same rows. */
function passedTests(
  { plan, withoutTests }: RunContext,
  { node, tests }: NodeStage,
  progress: NodeProgress,
): Readonly<Record<string, PassedTest>> {
  const before = plan.published.of(node)?.tests ?? {};
  // Others may have answered for tests that read these rows too; what passed on them still holds.
  const kept = progress.rowsChanged === false || progress.status === 'reused' ? before : {};
  if (withoutTests) return kept;
  const failures = new Map(
    progress.tests
      .filter(({ status }) => status !== 'skipped')
      .map((result) => [result.test, result.failures]),
  );
  const passed = Object.fromEntries(
    tests.flatMap(({ test, fingerprint }): [string, PassedTest][] => {
      const count = failures.get(test.name);
      return count === undefined
        ? []
        : [[test.name, { version: testVersion(fingerprint, test, plan.versions), failures: count }]];
    }),
  );
  return { ...kept, ...passed };
}
