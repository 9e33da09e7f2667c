import type { Session } from '../adapters/adapter.js';
import type { Delivery, LoadedSource } from '../adapters/source-loader.js';
import { InterruptedError, MatineeError, messageOf, NodeError } from '../errors.js';
import { publishTable, publishView } from '../materialize/publish.js';
import type { Relation } from '../nodes/relation.js';
import type { Source } from '../nodes/source.js';
import type { GroupStage, NodeStage } from '../plan/plan.js';
import { storedKind } from '../plan/state.js';
import type { ProjectNode } from '../project/project.js';
import { isEphemeral, renderQuery } from '../project/render-query.js';
import type { ProjectTest } from '../testing/project-tests.js';
import { runTest, type TestResult } from '../testing/run-test.js';
import type { NodeStatus } from './events.js';
import { isInterruption, throwIfAborted } from './interruption.js';
import { NodeBuilder } from './node-builder.js';
import { proofOf } from './proof.js';
import type { RunContext } from './run-context.js';

/** What became of one node while its group ran. */
interface Progress {
  status: NodeStatus | undefined;
  rows: number | undefined;
  seconds: number;
  reason: string;
  error: MatineeError | undefined;
  load: LoadedSource | undefined;
  enums: ReadonlySet<string>;
  tests: TestResult[];
}

/** Builds, tests and publishes the nodes of one group: all of them or none. */
export class GroupRun {
  readonly #run: RunContext;
  readonly #group: GroupStage;
  readonly #session: Session;
  readonly #builder: NodeBuilder;
  readonly #progress = new Map<string, Progress>();
  readonly #now: Date;
  #published = false;

  constructor(run: RunContext, group: GroupStage, session: Session) {
    this.#run = run;
    this.#group = group;
    this.#session = session;
    this.#now = run.clock();
    for (const stage of group.nodes) {
      this.#progress.set(stage.node.name, {
        status: stage.action === 'reuse' ? 'reused' : undefined,
        rows: run.state.versions.get(stage.node.name)?.rows,
        seconds: 0,
        reason: stage.reason,
        error: undefined,
        load: undefined,
        enums: new Set(),
        tests: [],
      });
    }
    this.#builder = new NodeBuilder({
      project: run.project,
      names: run.names,
      variables: run.variables,
      session,
      relationName: (node) => this.#readableName(node),
      isStored: (node) => storedKind(run.state, run.names, node) === 'table',
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
    if (failed) await this.#dropCandidates();
    for (const stage of this.#group.nodes) this.#finish(stage, failed);
    if (this.#run.signal?.aborted) throw new InterruptedError();
    return !failed;
  }

  async #build(stage: NodeStage): Promise<void> {
    const progress = this.#of(stage);
    if (progress.status || this.#hasFailed() || this.#run.signal?.aborted) return;
    if (stage.action === 'load') {
      if (!progress.load) await this.#load();
      return;
    }
    await this.#timed(stage, async () => {
      if (stage.action === 'inline') return this.#requireUnitTests(stage);
      this.#run.started(stage);
      this.#requireUnitTests(stage);
      const { rows, enums } = await this.#builder.build(stage);
      progress.rows = rows;
      progress.enums = enums;
    });
  }

  /** Loads all sources of the group in one go. */
  async #load(): Promise<void> {
    const { loader, plan, names, ledger, runId, maxRejects, signal, emit } = this.#run;
    const stages = this.#group.nodes.filter((stage) => stage.action === 'load');
    const [first] = stages;
    if (!first || !loader || !plan.delivery) return;
    for (const stage of stages) this.#run.started(stage);
    for (const stage of stages)
      await this.#session.execute(`drop table if exists ${names.candidate(stage.node)}`);
    const loaded = await loader
      .load({
        targets: stages.map(({ node }) => ({
          source: node.declaration as Source,
          table: names.candidate(node),
        })),
        delivery: plan.delivery,
        session: this.#session,
        loadId: runId,
        maxRejects,
        rejectsTable: ledger.table('rejected_rows'),
        ...(signal && { signal }),
        onProgress: (progress) => emit({ type: 'load_progress', progress }),
      })
      .catch((error: unknown) => {
        this.#fail(stageOfFile(stages, plan.delivery, error) ?? first, error);
        return [];
      });
    for (const source of loaded) {
      const progress = this.#progress.get(source.source);
      if (!progress) continue;
      progress.load = source;
      progress.rows = source.rows;
      progress.seconds += source.files.reduce((sum, file) => sum + file.seconds, 0);
    }
  }

  #requireUnitTests({ node, unitTests }: NodeStage): void {
    const names = new Set(unitTests.map((test) => test.name));
    const failed = this.#run.unitTestResults.filter(
      (result) => names.has(result.test) && result.status !== 'passed',
    );
    if (failed.length === 0) return;
    throw new NodeError(
      'UNIT_TEST_FAILED',
      `${node.name}: ${failed.length} unit test(s) fail: ${failed.map(({ test }) => test).join(', ')}.`,
      {
        location: node.declaration.location,
        hint: `See them with: matinee test --select ${node.name}.`,
      },
    );
  }

  async #test(stage: NodeStage): Promise<void> {
    const progress = this.#of(stage);
    if (stage.action === 'inline' && this.#isTested(stage)) progress.status = 'reused';
    if (this.#run.withoutTests || (progress.status === 'reused' && this.#isTested(stage))) return;
    await this.#timed(stage, async () => {
      for (const test of stage.tests) {
        if (this.#run.signal?.aborted) return;
        const result = await this.#runTest(test);
        if (this.#run.signal?.aborted && result.status === 'errored') return;
        progress.tests.push(result);
        this.#run.tested(result);
      }
    });
    const failed = progress.tests.filter(
      (result) => result.status === 'failed' || result.status === 'errored',
    );
    if (failed.length > 0) this.#fail(stage, testsFailed(stage.node, failed));
  }

  /** Whether the tests of today have passed on the rows that are there. */
  #isTested(stage: NodeStage): boolean {
    return this.#run.state.versions.get(stage.node.name)?.testsVersion === stage.testsVersion;
  }

  /** Whether neither its rows nor the tests they have passed differ from what the ledger says. */
  #isSettled(stage: NodeStage): boolean {
    return this.#of(stage).status === 'reused' && (this.#run.withoutTests || this.#isTested(stage));
  }

  async #runTest(test: ProjectTest): Promise<TestResult> {
    const { project, names, variables, storeFailures } = this.#run;
    const { text: sql } = renderQuery(project, test.query, {
      dialect: names.dialect,
      variables,
      relationName: (node) => this.#readableName(node),
    });
    const proof = await this.#proofOf(test);
    if (proof) return provedResult(test, sql, proof);
    const storeIn = storeFailures ? this.#run.failuresTable(test.name) : undefined;
    return runTest({ test, sql, session: this.#session, storeIn });
  }

  /** Why a test need not run: what was built is such that it must hold. */
  async #proofOf(test: ProjectTest): Promise<string | undefined> {
    const stage = this.#group.nodes.find(({ node }) => node.name === test.owner);
    if (!stage) return undefined;
    const { enums, load } = this.#of(stage);
    return proofOf(test, { stage, enums, isLoaded: load !== undefined }, this.#run, this.#session);
  }

  /** Puts all candidates in the place of what was published, and notes it in the ledger, in one transaction. */
  async #publish(): Promise<void> {
    const stages = this.#group.nodes.filter((stage) => !this.#isSettled(stage));
    if (stages.length === 0) return;
    await this.#run.publishing(() => {
      throwIfAborted(this.#run.signal);
      return this.#session.transaction(async () => {
        for (const stage of stages) await this.#publishNode(stage);
      });
    });
    this.#published = true;
  }

  async #publishNode(stage: NodeStage): Promise<void> {
    const { names, state, runId, withoutTests } = this.#run;
    const { node, action } = stage;
    const progress = this.#of(stage);
    const ledger = this.#run.ledger.on(this.#session);
    if (action === 'reuse') return ledger.recordTests(stage);
    if (!isEphemeral(node)) {
      const existing = storedKind(state, names, node);
      const statements =
        action === 'view'
          ? publishView(node, this.#builder.publishedViewSelect(stage), names, existing)
          : publishTable(node, names, existing);
      for (const statement of statements) await this.#session.execute(statement);
    }
    await ledger.recordVersion(stage, progress.rows ?? 0, !withoutTests, runId, this.#now);
    if (progress.load) await ledger.recordFiles(runId, progress.load);
  }

  async #dropCandidates(): Promise<void> {
    const { names } = this.#run;
    for (const { node, action } of this.#group.nodes) {
      if (action === 'reuse' || action === 'inline') continue;
      const kind = action === 'view' ? 'view' : 'table';
      await this.#session.execute(`drop ${kind} if exists ${names.candidate(node)}`).catch(() => undefined);
    }
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
    const { status = 'ok', rows, seconds, reason, error, load, tests } = progress;
    const count = (...statuses: string[]) => tests.filter((test) => statuses.includes(test.status)).length;
    this.#run.finished(stage, {
      status,
      rows,
      seconds,
      reason,
      error,
      load,
      tests: {
        passed: count('passed', 'proved'),
        warned: count('warned'),
        failed: count('failed', 'errored'),
      },
    });
  }

  /** An error outside of any node, such as a failing publication, concerns all that is not settled, or else all. */
  #holdBack(error: unknown): void {
    const open = this.#group.nodes.filter((stage) => !this.#of(stage).status);
    for (const stage of open.length > 0 ? open : this.#group.nodes) this.#fail(stage, error);
  }

  async #timed(stage: NodeStage, work: () => Promise<void>): Promise<void> {
    const started = performance.now();
    try {
      await work();
    } catch (error) {
      this.#fail(stage, error);
    } finally {
      this.#of(stage).seconds += (performance.now() - started) / 1000;
    }
  }

  #fail(stage: NodeStage, error: unknown): void {
    const progress = this.#of(stage);
    if (this.#run.signal?.aborted && isInterruption(error)) return;
    progress.status = 'failed';
    progress.rows = undefined;
    progress.error =
      error instanceof MatineeError
        ? error
        : new NodeError('NODE_FAILED', messageOf(error), { cause: error });
  }

  #hasFailed(): boolean {
    return (
      this.#run.signal?.aborted === true ||
      [...this.#progress.values()].some(({ status }) => status === 'failed')
    );
  }

  /** Inside the group downstream reads candidates, elsewhere what is published. */
  #readableName(node: ProjectNode<Relation>): string {
    const stage = this.#group.nodes.find((other) => other.node === node);
    return stage && stage.action !== 'reuse'
      ? this.#run.names.candidate(node)
      : this.#run.names.published(node);
  }

  #of(stage: NodeStage): Progress {
    return this.#progress.get(stage.node.name) as Progress;
  }
}

/** The source that a load error is about, by the file it names. */
function stageOfFile(
  stages: readonly NodeStage[],
  delivery: Delivery | undefined,
  error: unknown,
): NodeStage | undefined {
  const file = error instanceof MatineeError ? error.location?.file : undefined;
  const delivered = file && delivery?.files.find(({ path }) => file.endsWith(path));
  return stages.find(({ node }) => delivered && node.name === delivered.source);
}

function provedResult(test: ProjectTest, sql: string, proof: string): TestResult {
  return {
    test: test.name,
    owner: test.owner,
    severity: test.options.severity ?? 'error',
    status: 'proved',
    failures: 0,
    samples: [],
    seconds: 0,
    sql,
    message: `not run: ${proof}`,
    storedIn: undefined,
  };
}

function testsFailed(node: ProjectNode, failed: readonly TestResult[]): NodeError {
  return new NodeError(
    'TEST_FAILED',
    `${node.name}: ${failed.length} test(s) fail: ${failed.map(({ test }) => test).join(', ')}.`,
    {
      location: node.declaration.location,
      hint: 'What was published before is still in place.',
    },
  );
}
