import type { Delivery } from '../adapters/source-loader.js';
import type { Relation } from '../nodes/relation.js';
import type { UnitTest } from '../nodes/unit-test.js';
import type { ProjectNode } from '../project/project.js';
import type { ProjectTest } from '../testing/project-tests.js';

/** What a build does with a node. `inline` is an ephemeral model: only its tests run. */
export type NodeAction = 'load' | 'seed' | 'create' | 'increment' | 'snapshot' | 'view' | 'inline' | 'reuse';

/** One node of a plan. */
export interface NodeStage {
  readonly node: ProjectNode<Relation>;
  readonly action: NodeAction;
  /** Why, for people. */
  readonly reason: string;
  /** A hash of everything in the code that decides what the node holds. */
  readonly fingerprint: string;
  /** A hash of the fingerprint and of the versions of all inputs: the same version means the same rows. */
  readonly version: string;
  /** A hash of the node's tests and of the versions they read. */
  readonly testsVersion: string;
  readonly tests: readonly ProjectTest[];
  readonly unitTests: readonly UnitTest[];
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
}

export function allStages(plan: Plan): readonly NodeStage[] {
  return plan.groups.flatMap((group) => group.nodes);
}
