import type { Session } from '../adapters/adapter.js';
import { throwIfAborted } from '../adapters/interruption.js';
import { changesModel } from '../graph/mappings.js';
import { commentTable } from '../materialize/comment.js';
import { dropReplaced, moveTable, moveView } from '../materialize/move.js';
import { publishTable, publishView } from '../materialize/publish.js';
import { publishSlice } from '../materialize/slice.js';
import type { NodeStage } from '../plan/plan.js';
import { type PassedTest, storedKind } from '../plan/state.js';
import { testVersion } from '../plan/test-stages.js';
import { isEphemeral } from '../project/render-query.js';
import type { NodeResult } from './events.js';
import { finishedNode, type NodeProgress } from './node-progress.js';
import { type Publication, PublicationLog } from './publication-log.js';
import { recordingSession } from './recording-session.js';
import type { RunContext } from './run-context.js';

/** A node of a group, built and tested. */
export interface NodeOutcome {
  readonly stage: NodeStage;
  readonly progress: NodeProgress;
}

interface PublicationSite {
  readonly session: Session;
  /** The query behind a view's published name. */
  readonly viewSelect: (stage: NodeStage) => string;
  readonly now: Date;
}

/**
 * Puts all candidates of a group in the place of what was published, and notes it in the ledger: all or nothing.
 *
 * @returns whether there was anything to publish or to note.
 */
export async function publishGroup(
  run: RunContext,
  outcomes: readonly NodeOutcome[],
  site: PublicationSite,
): Promise<boolean> {
  const open = outcomes.filter(({ stage, progress }) => !isSettled(stage, progress));
  if (open.length === 0) return false;
  await run.publishing(async () => {
    throwIfAborted(run.signal);
    const publish = run.warehouse.capabilities.transactionalDdl ? publishInTransaction : publishByMoves;
    run.recorded(await publish(run, open, site));
  });
  return true;
}

function publishInTransaction(
  run: RunContext,
  outcomes: readonly NodeOutcome[],
  site: PublicationSite,
): Promise<readonly NodeResult[]> {
  const { session } = site;
  return session.transaction(async () => {
    for (const outcome of outcomes) {
      const started = performance.now();
      for (const statement of placeNode(run, outcome, site)) await session.execute(statement);
      await recordNode(run, outcome, session, site.now);
      outcome.progress.seconds += (performance.now() - started) / 1000;
    }
    return recordResults(run, outcomes, session);
  });
}

async function publishByMoves(
  run: RunContext,
  outcomes: readonly NodeOutcome[],
  site: PublicationSite,
): Promise<readonly NodeResult[]> {
  const { names, runId, warehouse } = run;
  const { session } = site;
  const mark = `${runId} ${outcomes[0]?.stage.node.name}`;
  const recording = recordingSession(session);
  // Views last: by then the tables' names mean what they are to read.
  const viewsLast = [...outcomes].sort((a, b) => Number(isView(a)) - Number(isView(b)));
  const steps = viewsLast.map((outcome) => moveNode(run, outcome, site));
  for (const outcome of outcomes) {
    for (const statement of commentsOf(run, outcome, mark)) await session.execute(statement);
    await recordNode(run, outcome, recording.session, site.now);
  }
  const results = await recordResults(run, outcomes, recording.session);
  await new PublicationLog(warehouse, session, names).publish(mark, {
    prepare: steps.flatMap(({ prepare }) => prepare),
    moves: steps.flatMap(({ moves }) => moves),
    changes: [...steps.flatMap(({ changes }) => changes), ...recording.noted],
    cleanUp: steps.flatMap(({ cleanUp }) => cleanUp),
  });
  return results;
}

async function recordResults(
  run: RunContext,
  outcomes: readonly NodeOutcome[],
  session: Session,
): Promise<readonly NodeResult[]> {
  const results = outcomes.map(({ stage, progress }) => run.resultOf(stage, finishedNode(progress)));
  const tests = outcomes.flatMap(({ progress }) => progress.tests);
  await run.ledger.on(session).recordResults(run.runId, results, tests);
  return results;
}

/** Whether nothing about a node differs from what the ledger says: neither its rows nor the tests they have passed. */
function isSettled({ action, runsUnitTests }: NodeStage, progress: NodeProgress): boolean {
  const isUntouched = progress.status === 'reused' || action === 'inline';
  return isUntouched && !progress.hasFreshTests && !runsUnitTests;
}

/** Statements that put a candidate in its place, where a transaction can take them back. */
function placeNode(
  { names, state, plan }: RunContext,
  { stage, progress }: NodeOutcome,
  { viewSelect }: PublicationSite,
): readonly string[] {
  const { node, action } = stage;
  if (!progress.hasCandidate) return [];
  const { increment } = progress;
  if (increment)
    return [
      ...(increment.prepare ?? []),
      ...publishSlice(increment.slice),
      `drop view ${names.candidate(node)}`,
      ...increment.cleanUp,
    ];
  const existing = storedKind(state, names, node);
  if (action !== 'view') return publishTable(node, names, existing);
  const isAsBefore = existing === 'view' && plan.published.of(node)?.fingerprint === stage.fingerprint;
  return publishView(node, isAsBefore ? undefined : viewSelect(stage), names, existing);
}

/** The same where it cannot. */
function moveNode(
  { names, state, plan }: RunContext,
  { stage, progress }: NodeOutcome,
  { viewSelect }: PublicationSite,
): Publication {
  const { node, action } = stage;
  const nothing: Publication = { prepare: [], moves: [], changes: [], cleanUp: [] };
  if (!progress.hasCandidate) return nothing;
  const { increment } = progress;
  if (increment)
    return {
      prepare: increment.prepare ?? [],
      moves: [],
      changes: publishSlice(increment.slice),
      cleanUp: [`drop view if exists ${names.candidate(node)}`, ...increment.cleanUp],
    };
  const existing = storedKind(state, names, node);
  if (action !== 'view')
    return {
      ...nothing,
      moves: moveTable(node, names, existing),
      cleanUp: dropReplaced(node, names, existing, 'table'),
    };
  const isAsBefore = existing === 'view' && plan.published.of(node)?.fingerprint === stage.fingerprint;
  return {
    ...nothing,
    moves: isAsBefore ? [] : moveView(node, viewSelect(stage), names, existing),
    cleanUp: dropReplaced(node, names, existing, 'view'),
  };
}

const isView = ({ stage }: NodeOutcome) => stage.action === 'view';

/** Statements that describe a table that is to be moved, and mark it. */
function commentsOf(
  { names }: RunContext,
  { stage, progress }: NodeOutcome,
  mark: string,
): readonly string[] {
  const { node, action } = stage;
  if (!progress.hasCandidate || progress.increment || action === 'view') return [];
  return commentTable(names.candidate(node), node.declaration, mark, names.dialect);
}

/** Notes in the ledger what is published of a node. */
async function recordNode(
  run: RunContext,
  { stage, progress }: NodeOutcome,
  session: Session,
  now: Date,
): Promise<void> {
  const { runId, plan } = run;
  const { node, unitTestsVersion } = stage;
  const ledger = run.ledger.on(session);
  const passed = passedTests(run, stage, progress);
  if (progress.status === 'reused') return ledger.recordTests(node.name, passed, unitTestsVersion);
  const before = plan.published.of(node);
  if (progress.hasCandidate) await ledger.recordRelation(node.schema, node.name, runId, now);
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
