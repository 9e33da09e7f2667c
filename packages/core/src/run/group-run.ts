import type { Session } from '../adapters/adapter.js';
import { interruptible } from '../adapters/interruptible.js';
import { isInterruption } from '../adapters/interruption.js';
import { ErrorList, InterruptedError, type MatineeError } from '../errors.js';
import type { Relation } from '../nodes/relation.js';
import { describeCause, isStoredOtherwise } from '../plan/cause.js';
import { hashOf } from '../plan/hash.js';
import type { GroupStage, NodeStage } from '../plan/plan.js';
import { goneRows } from '../plan/source-files.js';
import { storedKind } from '../plan/state.js';
import type { ProjectNode } from '../project/project.js';
import { nodeError } from '../project/query-error.js';
import { isBad } from '../testing/judge.js';
import { withDeadline } from './deadline.js';
import { findChanges } from './find-changes.js';
import { requireFreeSpace } from './free-space.js';
import { loadSources, stageOfFile } from './group-load.js';
import { publishGroup } from './group-publication.js';
import { runPlannedTest } from './group-tests.js';
import { loadedIncrement } from './loaded-slice.js';
import { NodeBuilder } from './node-builder.js';
import { finishedNode, type NodeProgress, newProgress } from './node-progress.js';
import type { BuiltNode } from './proof.js';
import type { RunContext } from './run-context.js';
import { tagStatements } from './tag-statements.js';
import { requireUnitTests, testsFailed } from './test-failures.js';

/** Builds, tests and publishes the nodes of one group: all of them or none. */
export class GroupRun {
  readonly #run: RunContext;
  readonly #group: GroupStage;
  readonly #session: Session;
  readonly #builder: NodeBuilder;
  readonly #progress: ReadonlyMap<string, NodeProgress>;
  readonly #now: Date;
  #published = false;

  constructor(run: RunContext, group: GroupStage, session: Session) {
    this.#run = run;
    this.#group = group;
    this.#session = session;
    this.#now = run.clock();
    this.#progress = new Map(
      group.nodes.map((stage) => [
        stage.node.name,
        newProgress(stage, run.plan.published.of(stage.node)?.rows),
      ]),
    );
    this.#builder = new NodeBuilder({
      run,
      project: run.project,
      names: run.names,
      variables: run.variables,
      session,
      relationName: (node) => this.#readableName(node),
      isStored: (node) => storedKind(run.state, run.names, node) === 'table',
      withRows: run.plan.limit?.type !== 'empty',
      now: this.#now,
      signal: run.signal,
    });
  }

  /** @returns whether what reads these nodes may go on. @throws InterruptedError once the run is interrupted. */
  async execute(): Promise<boolean> {
    try {
      for (const stage of this.#group.nodes) await this.#build(stage);
      if (!this.#hasFailed()) for (const stage of this.#group.nodes) await this.#test(stage);
      if (!this.#hasFailed()) await this.#publish();
    } catch (error) {
      this.#holdBack(error);
    }
    const failed = !this.#published && this.#hasFailed();
    if (failed && !this.#isLeftToOthers()) await this.#dropCandidates();
    for (const stage of this.#group.nodes) this.#finish(stage, failed);
    if (this.#run.signal?.aborted) throw new InterruptedError();
    return !failed;
  }

  async #build(stage: NodeStage): Promise<void> {
    const progress = this.#of(stage);
    if (progress.status || this.#hasFailed() || this.#run.signal?.aborted) return;
    if (this.#isReused(stage)) {
      progress.status = 'reused';
      if (stage.conditional) progress.reason = 'its inputs came out with the same rows';
      if (stage.runsUnitTests)
        await this.#timed(stage, async () => requireUnitTests(stage, this.#run.unitTestResults));
      return;
    }
    if (stage.conditional) progress.reason = this.#changedInputs(stage);
    if (stage.action === 'load') {
      if (!progress.load) await this.#load();
      return;
    }
    await this.#timed(stage, async () => {
      if (stage.action === 'inline') return requireUnitTests(stage, this.#run.unitTestResults);
      this.#run.started(stage);
      requireUnitTests(stage, this.#run.unitTestResults);
      requireFreeSpace(this.#run, stage.node);
      const { rows, enums, increment, fullBecause } = await this.#builder.build(stage);
      progress.hasCandidate = true;
      progress.rows = rows;
      progress.enums = enums;
      progress.increment = increment;
      if (fullBecause) {
        progress.action = 'create';
        progress.reason += `; in full, for ${fullBecause}`;
      }
      if (stage.action !== 'view') await this.#compareRows(stage);
    });
  }

  /** Whether there is nothing to build, as planned or because the inputs came out with the same rows. */
  #isReused({ node, action, conditional }: NodeStage): boolean {
    const { versions, published } = this.#run.plan;
    return action === 'reuse' || (conditional && versions.versionOf(node) === published.of(node)?.version);
  }

  /** Why a conditional node is built after all. */
  #changedInputs({ node }: NodeStage): string {
    const { versions, published } = this.#run.plan;
    const before = published.of(node)?.inputs ?? {};
    const changed = Object.entries(versions.inputsOf(node)).filter(
      ([name, version]) => before[name] !== version,
    );
    return describeCause({ type: 'input', inputs: changed.map(([name]) => name) });
  }

  /** Loads all sources of the group that need it in one go. */
  async #load(): Promise<void> {
    const stages = this.#group.nodes.filter((stage) => stage.action === 'load');
    for (const stage of stages) this.#run.started(stage);
    let atWork = stages[0];
    try {
      for (const { node } of stages) requireFreeSpace(this.#run, node);
      const loaded = await loadSources(this.#run, stages, this.#session, (stage) => {
        atWork = stage;
      });
      for (const stage of stages) {
        const progress = this.#of(stage);
        const source = loaded.find((one) => one.source === stage.node.name);
        if (!source) throw new Error(`The loader left '${stage.node.name}' out.`);
        progress.hasCandidate = true;
        progress.load = source;
        const planned = this.#run.plan.loads.get(stage.node.name);
        progress.goneRows = planned ? goneRows(planned.files) : 0;
        progress.rows = source.rows;
        if (source.slice) {
          const increment = await loadedIncrement(this.#run, this.#session, stage.node, source.slice);
          progress.increment = increment;
          progress.rows = increment.rows;
        }
        progress.seconds += source.files.reduce((sum, file) => sum + file.seconds, 0);
        await this.#timed(stage, () => this.#compareRows(stage));
      }
    } catch (error) {
      this.#failLoad(stages, error, atWork);
    }
  }

  /**
   * A load tells of all files at once: each source gets what is wrong with its own. What is no file's, such as a full disk, is told of
   * the source that was at work.
   */
  #failLoad(stages: readonly NodeStage[], error: unknown, atWork: NodeStage | undefined): void {
    const byStage = new Map<NodeStage, MatineeError[]>();
    for (const one of error instanceof ErrorList ? error.errors : []) {
      const culprit = stageOfFile(stages, this.#run.plan.delivery, one) ?? atWork;
      if (culprit) byStage.set(culprit, [...(byStage.get(culprit) ?? []), one]);
    }
    for (const [stage, [first, ...more]] of byStage)
      this.#fail(stage, first && more.length > 0 ? new ErrorList([first, ...more]) : first);
    const culprit = stageOfFile(stages, this.#run.plan.delivery, error) ?? atWork;
    if (byStage.size === 0 && culprit) this.#fail(culprit, error);
  }

  /**
   * Finds out whether the rows are those that are published. If so, what is published stays, and nothing downstream has
   * a reason to be built; only a source takes its new place all the same, for its rows carry their load, and so does a table
   * that is to be stored otherwise.
   */
  async #compareRows(stage: NodeStage): Promise<void> {
    const { plan, runId } = this.#run;
    const { node } = stage;
    const progress = this.#of(stage);
    const toVersion = hashOf([plan.versions.versionOf(node), runId]);
    progress.rowsChanged = await findChanges(this.#run, this.#session, { stage, progress, toVersion });
    if (progress.rowsChanged !== false) {
      plan.versions.set(node.name, toVersion);
    } else if (isStoredOtherwise(stage.causes)) {
      progress.reason += '; its rows came out the same, and are stored otherwise';
    } else if (node.kind !== 'source') {
      progress.reason += '; its rows came out the same';
      await this.#dropCandidate(stage);
      progress.hasCandidate = false;
    }
  }

  async #test(stage: NodeStage): Promise<void> {
    const progress = this.#of(stage);
    await this.#timed(stage, async () => {
      for (const planned of stage.tests) {
        if (this.#run.signal?.aborted) return;
        const { result, isFresh } = await runPlannedTest(planned, {
          run: this.#run,
          session: this.#session,
          builtOf: (name) => this.#built(name),
          nameOf: (node) => this.#readableName(node),
        });
        if (this.#run.signal?.aborted && result.status === 'errored') return;
        progress.tests.push(result);
        progress.hasFreshTests ||= isFresh;
        this.#run.tested(result);
      }
    });
    if (stage.action === 'inline' && !progress.hasFreshTests && !stage.runsUnitTests)
      progress.status ??= 'reused';
    const failed = progress.tests.filter(({ status }) => isBad(status));
    if (failed.length > 0) this.#fail(stage, testsFailed(stage.node, failed));
  }

  /** What was built of a node of the group. What came out the same is published, and tested as that. */
  #built(name: string): BuiltNode | undefined {
    const stage = this.#group.nodes.find(({ node }) => node.name === name);
    if (!stage) return undefined;
    const { enums, load, increment, hasCandidate } = this.#of(stage);
    return { stage, enums, isLoaded: load !== undefined, increment: hasCandidate ? increment : undefined };
  }

  async #publish(): Promise<void> {
    const [first, ...others] = this.#group.nodes;
    tagStatements(this.#session, this.#run.runId, others.length === 0 ? first?.node : undefined);
    const outcomes = this.#group.nodes.map((stage) => ({ stage, progress: this.#of(stage) }));
    this.#published = await publishGroup(this.#run, outcomes, {
      session: this.#session,
      viewSelect: (stage) => this.#builder.publishedViewSelect(stage),
      now: this.#now,
    });
  }

  async #dropCandidates(): Promise<void> {
    for (const stage of this.#group.nodes) {
      if (stage.action === 'reuse' || stage.action === 'inline') continue;
      await this.#dropCandidate(stage).catch(() => undefined);
    }
  }

  async #dropCandidate(stage: NodeStage): Promise<void> {
    const { increment } = this.#of(stage);
    const kind = stage.action === 'view' || increment ? 'view' : 'table';
    tagStatements(this.#session, this.#run.runId, stage.node);
    await this.#session.execute(`drop ${kind} if exists ${this.#run.names.candidate(stage.node)}`);
    for (const statement of increment?.cleanUp ?? []) await this.#session.execute(statement);
  }

  #finish(stage: NodeStage, failed: boolean): void {
    const progress = this.#of(stage);
    if (failed && progress.status === undefined) {
      const culprit = this.#group.nodes.find((other) => this.#of(other).status === 'failed');
      progress.status = 'skipped';
      progress.rows = undefined;
      progress.reason = this.#run.signal?.aborted
        ? 'the run was interrupted'
        : `it is published together with ${culprit?.node.name ?? 'a node'}, which failed`;
    }
    this.#run.finished(stage, finishedNode(progress));
  }

  /** An error outside of any node, such as a failing publication, concerns all that is not settled, or else all. */
  #holdBack(error: unknown): void {
    const open = this.#group.nodes.filter((stage) => !this.#of(stage).status);
    for (const stage of open.length > 0 ? open : this.#group.nodes) this.#fail(stage, error);
  }

  /** Does a part of a node's work in what is left of its time. */
  async #timed(stage: NodeStage, work: () => Promise<void>): Promise<void> {
    const progress = this.#of(stage);
    const started = performance.now();
    const limit = this.#run.timeoutOf(stage.node);
    const left = limit === undefined ? undefined : Math.max(limit - progress.seconds, 0.001);
    try {
      tagStatements(this.#session, this.#run.runId, stage.node);
      await interruptible(this.#session, this.#run.signal, () =>
        withDeadline(stage.node, limit, left, this.#session, work),
      );
    } catch (error) {
      this.#fail(stage, error);
    } finally {
      progress.seconds += (performance.now() - started) / 1000;
    }
  }

  #fail(stage: NodeStage, error: unknown): void {
    const progress = this.#of(stage);
    if (this.#run.signal?.aborted && isInterruption(error)) return;
    progress.status = 'failed';
    progress.rows = undefined;
    progress.error = nodeError(stage.node, error);
  }

  /** Whether others finish the publication, with these candidates: the next build if it is half-way, or who has the lease now. */
  #isLeftToOthers(): boolean {
    const codes = ['PUBLICATION_HALF_WAY', 'LEASE_LOST'];
    return [...this.#progress.values()].some(
      ({ error }) => error !== undefined && codes.includes(error.code),
    );
  }

  #hasFailed(): boolean {
    return (
      this.#run.signal?.aborted === true ||
      [...this.#progress.values()].some(({ status }) => status === 'failed')
    );
  }

  /** Inside the group downstream reads candidates, elsewhere what is published. */
  #readableName(node: ProjectNode<Relation>): string {
    return this.#progress.get(node.name)?.hasCandidate
      ? this.#run.names.candidate(node)
      : this.#run.plan.published.nameOf(node);
  }

  #of(stage: NodeStage): NodeProgress {
    return this.#progress.get(stage.node.name) as NodeProgress;
  }
}
