import type { Session } from '../adapters/adapter.js';
import type { Relation } from '../nodes/relation.js';
import type { PlannedTest } from '../plan/plan.js';
import { passedBefore } from '../plan/test-stages.js';
import type { ProjectNode } from '../project/project.js';
import { renderQuery } from '../project/render-query.js';
import { notRun, runTest, type TestResult } from '../testing/run-test.js';
import { changedPartOf } from './mapped-tests.js';
import { type BuiltNode, proofOf } from './proof.js';
import type { RunContext } from './run-context.js';
import { rowsToTest } from './slice-tests.js';

interface TestSite {
  readonly run: RunContext;
  readonly session: Session;
  /** What was built of a node of the same group. */
  readonly builtOf: (name: string) => BuiltNode | undefined;
  /** The name that a relation is read by now. */
  readonly nameOf: (node: ProjectNode<Relation>) => string;
}

/** How a planned test came out, and whether that was found out just now. */
export interface TestOutcome {
  readonly result: TestResult;
  readonly isFresh: boolean;
}

/** Runs a test, unless it has passed on these very rows, must hold by the way they were made, or would mean nothing. */
export async function runPlannedTest(
  { test, fingerprint, leftOut }: PlannedTest,
  { run, session, builtOf, nameOf }: TestSite,
): Promise<TestOutcome> {
  const { project, names, variables, plan, storeFailures } = run;
  const textWith = (relationName: TestSite['nameOf']) =>
    renderQuery(project, test.query, { dialect: names.dialect, variables, relationName }).text;
  const sql = textWith(nameOf);
  if (leftOut) return { result: notRun(test, sql, 'skipped', leftOut), isFresh: false };
  const passed = passedBefore(test, fingerprint, { ...plan, dag: run.dag });
  if (passed) {
    const { failures } = passed;
    const result =
      failures === 0
        ? notRun(test, sql, 'reused', 'it has passed on the same rows before')
        : notRun(test, sql, 'warned', 'it has warned on the same rows before', failures);
    return { result, isFresh: false };
  }
  const built = builtOf(test.owner);
  const proof = built && (await proofOf(test, built, run, session));
  if (proof) return { result: notRun(test, sql, 'proved', proof), isFresh: true };
  const storeIn = storeFailures ? run.failuresTable(test.name) : undefined;
  const part = await partThatCanFail();
  return { result: await runTest({ test, sql: part ?? sql, session, storeIn }), isFresh: true };

  async function partThatCanFail(): Promise<string | undefined> {
    const incrementOf = (name: string) => builtOf(name)?.increment;
    if (!test.check) return changedPartOf(test, fingerprint, { run, session, incrementOf, nameOf, textWith });
    const increment = built?.increment;
    if (!increment) return undefined;
    const { node } = built.stage;
    const rows = await rowsToTest(test, fingerprint, { run, session, node, increment });
    return rows && textWith((other) => (other === node ? rows : nameOf(other)));
  }
}
