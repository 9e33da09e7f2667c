import type { Dag } from '../graph/dag.js';
import { heads } from '../graph/heads.js';
import type { TestCheck } from '../nodes/generic-test.js';
import type { Relation } from '../nodes/relation.js';
import type { ProjectNode } from '../project/project.js';
import { isEphemeral } from '../project/render-query.js';
import type { ProjectTest } from '../testing/project-tests.js';
import type { Fingerprints } from './fingerprint.js';
import { hashOf } from './hash.js';
import type { PlannedTest } from './plan.js';
import type { Published } from './published.js';
import type { RowLimit } from './row-limit.js';
import type { RowsVersions } from './rows-versions.js';
import type { PassedTest } from './state.js';

/** What becomes of a relation's rows: they stay, may come out different, or will be other ones for sure. */
export type RowsFate = 'same' | 'maybe' | 'changed';

export interface TestContext {
  readonly dag: Dag;
  readonly built: ReadonlySet<string>;
  readonly published: Published;
  readonly versions: RowsVersions;
  readonly fingerprints: Fingerprints;
  readonly limit?: RowLimit | undefined;
  readonly fateOf: (name: string) => RowsFate;
}

/** Tests that mean nothing where rows are left out. */
const LEFT_OUT: Partial<Record<TestCheck['type'], string>> = {
  relationships: 'where rows are left out, the rows that others refer to are too',
  rowCount: 'rows are left out on purpose',
};

/** A test as the node that answers for it will run it. */
export function plannedTest(context: TestContext, test: ProjectTest): PlannedTest {
  const { fingerprints, limit, fateOf } = context;
  const fingerprint = fingerprints.ofTest(test);
  const leftOut = limit && test.check ? LEFT_OUT[test.check.type] : undefined;
  if (leftOut) return { test, fingerprint, runs: 'never', leftOut };
  const isPassed = passedBefore(test, fingerprint, context) !== undefined;
  const fates = test.reads.map(fateOf);
  const runs =
    !isPassed || fates.includes('changed') ? 'always' : fates.includes('maybe') ? 'if_rows_change' : 'never';
  return { test, fingerprint, runs, leftOut };
}

/** How a test came out on the very rows that are there, whichever of the nodes that it reads answered for it then. */
export function passedBefore(
  test: ProjectTest,
  fingerprint: string,
  { dag, published, versions }: Pick<TestContext, 'dag' | 'published' | 'versions'>,
): PassedTest | undefined {
  const version = testVersion(fingerprint, test, versions);
  return test.reads
    .map((name) => published.of(dag.project.get(name) as ProjectNode<Relation>)?.tests[test.name])
    .find((passed) => passed?.version === version);
}

/** A test on the rows that are there: if this has passed once, there is nothing to prove again. */
export function testVersion(fingerprint: string, { reads }: ProjectTest, versions: RowsVersions): string {
  return hashOf([fingerprint, reads.toSorted().map((name) => versions.of(name) ?? null)]);
}

/** Whether a test can run with what is built now: all that it reads is built too, or stands published and can be compared. */
export function isRunnable(context: TestContext, test: ProjectTest): boolean {
  const { built } = context;
  if (test.check) return built.has(test.owner);
  const own = test.reads.filter((name) => built.has(name));
  return own.length > 0 && test.reads.every((name) => isComparable(context, name, own));
}

/** The node with which a test runs: its own relation, or the last of the nodes it compares that is built now. */
export function answererOf({ dag, built }: TestContext, test: ProjectTest): string | undefined {
  if (test.check) return test.owner;
  const own = test.reads.filter((name) => built.has(name));
  return dag.inOrder(heads(dag, own)).at(-1);
}

/** Whether a test may compare a relation with some that are built now: it is too, is up to date, or is what they are built from. */
function isComparable(context: TestContext, name: string, own: readonly string[]): boolean {
  const { dag, built, published, fateOf } = context;
  if (built.has(name)) return true;
  const node = dag.project.get(name) as ProjectNode<Relation>;
  if (isEphemeral(node)) return dag.queryInputsOf(name).every((input) => isComparable(context, input, own));
  if (!published.of(node)) return false;
  if ([...dag.reach(name, 'up')].some((input) => built.has(input) && fateOf(input) !== 'same')) return false;
  return isUpToDate(context, node) || own.some((other) => dag.reach(other, 'up').has(name));
}

/** Whether a relation that is not built now would come out as it is if it were. */
function isUpToDate(context: TestContext, node: ProjectNode<Relation>): boolean {
  const { dag, published, versions } = context;
  if (node.kind === 'source' || published.isDeferred(node)) return true;
  if (!isEphemeral(node) && published.of(node)?.version !== versions.versionOf(node)) return false;
  return dag
    .queryInputsOf(node.name)
    .every((input) => isUpToDate(context, dag.project.get(input) as ProjectNode<Relation>));
}
