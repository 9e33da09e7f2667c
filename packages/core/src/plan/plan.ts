import type { Delivery } from '../adapters/source-loader.js';
import type { Relation } from '../nodes/relation.js';
import type { UnitTest } from '../nodes/unit-test.js';
import type { ProjectNode } from '../project/project.js';
import type { ProjectTest } from '../testing/project-tests.js';
import type { Cause } from './cause.js';
import type { NodeDefinition } from './definition.js';
import type { Published } from './published.js';
import type { RowLimit } from './row-limit.js';
import type { RowsVersions } from './rows-versions.js';
import type { SourceLoad } from './source-load.js';

/** What a build does with a node. `inline` is an ephemeral model: only its tests run. */
export type NodeAction = 'load' | 'seed' | 'create' | 'increment' | 'snapshot' | 'view' | 'inline' | 'reuse';

/** A data test of a plan. */
export interface PlannedTest {
  readonly test: ProjectTest;
  /** A hash of the test as it runs and is judged. */
  readonly fingerprint: string;
  /** `never`: it has passed on the very rows that are there, or is left out. */
  readonly runs: 'always' | 'if_rows_change' | 'never';
  /** Why it is left out. */
  readonly leftOut: string | undefined;
}

/** One node of a plan. */
export interface NodeStage {
  readonly node: ProjectNode<Relation>;
  readonly action: NodeAction;
  /** The action is taken only if the rows of an input come out different; otherwise the node is reused. */
  readonly conditional: boolean;
  readonly causes: readonly Cause[];
  /** The causes in a few words, or why there is nothing to do. */
  readonly reason: string;
  readonly fingerprint: string;
  readonly definition: NodeDefinition;
  /** The data tests that it answers for. */
  readonly tests: readonly PlannedTest[];
  readonly unitTests: readonly UnitTest[];
  /** A hash of the unit tests and of the node's code. */
  readonly unitTestsVersion: string;
  /** Whether unit tests run: they or the node's code are not those that have passed. */
  readonly runsUnitTests: boolean;
}

/** Nodes that are built, tested and published together. */
export interface GroupStage {
  readonly id: number;
  readonly nodes: readonly NodeStage[];
  /** Ids of the groups whose publication comes first. */
  readonly after: readonly number[];
}

/** What a build will do, decided before anything runs. */
export interface Plan {
  readonly groups: readonly GroupStage[];
  /** The delivery that sources are loaded from, if the plan loads any. */
  readonly delivery: Delivery | undefined;
  /** What is loaded into each source that is selected, if it is to be loaded at all. */
  readonly loads: ReadonlyMap<string, SourceLoad>;
  readonly limit: RowLimit | undefined;
  /** Nodes that are not selected, but whose input may come out with other rows: the next build of these has work to do. */
  readonly downstream: readonly string[];
  /** Nodes that are read from the target that is deferred to. */
  readonly deferred: readonly string[];
  readonly published: Published;
  readonly versions: RowsVersions;
  /** The version of every relation's rows as it was before this build. */
  readonly before: RowsVersions;
}

export function allStages(plan: Plan): readonly NodeStage[] {
  return plan.groups.flatMap((group) => group.nodes);
}

/** Whether a plan finds everything as it should be, tests included. */
export function hasNothingToDo(plan: Plan): boolean {
  return allStages(plan).every(
    ({ action, tests, runsUnitTests }) =>
      (action === 'reuse' || action === 'inline') &&
      tests.every(({ runs }) => runs === 'never') &&
      !runsUnitTests,
  );
}
