import type { Warehouse } from '../adapters/adapter.js';
import type { RejectLimit } from '../adapters/reject-limit.js';
import type { SourceLoader } from '../adapters/source-loader.js';
import type { Dag } from '../graph/dag.js';
import type { TimeWindow } from '../materialize/microbatch.js';
import type { Namer } from '../materialize/names.js';
import type { Relation } from '../nodes/relation.js';
import type { NodeAction, NodeStage, Plan } from '../plan/plan.js';
import type { WarehouseState } from '../plan/state.js';
import type { Project, ProjectNode } from '../project/project.js';
import type { VariableValues } from '../project/variables.js';
import type { TestResult } from '../testing/run-test.js';
import type { UnitTestResult } from '../testing/unit-tests.js';
import type { ChangeFeeds } from './change-feeds.js';
import type { NodeResult, RunEvent } from './events.js';
import type { Ledger } from './ledger.js';

/** What all groups of one run share. */
export interface RunContext {
  readonly warehouse: Warehouse;
  readonly dag: Dag;
  readonly project: Project;
  readonly plan: Plan;
  readonly state: WarehouseState;
  readonly names: Namer;
  readonly variables: VariableValues;
  readonly runId: string;
  readonly clock: () => Date;
  readonly signal: AbortSignal | undefined;
  readonly loader: SourceLoader | undefined;
  readonly maxRejects: RejectLimit;
  readonly storeFailures: boolean;
  /** The time that models in microbatches compute anew, if it was given. */
  readonly window: TimeWindow | undefined;
  readonly withoutTests: boolean;
  readonly ledger: Ledger;
  readonly feeds: ChangeFeeds;
  readonly unitTestResults: readonly UnitTestResult[];
  emit(event: RunEvent): void;
  started(stage: NodeStage): void;
  tested(result: TestResult): void;
  finished(stage: NodeStage, result: FinishedNode): void;
  /** A node's result as it will be told. */
  resultOf(stage: NodeStage, finished: FinishedNode): NodeResult;
  /** These results stand in the ledger already. */
  recorded(results: readonly NodeResult[]): void;
  /** Seconds that building and testing a node may take. */
  timeoutOf(node: ProjectNode<Relation>): number | undefined;
  /** The quoted name of the table that keeps a test's failing rows. */
  failuresTable(test: string): string;
  /** Runs publications one after the other. */
  publishing<T>(work: () => Promise<T>): Promise<T>;
}

export type FinishedNode = Pick<
  NodeResult,
  | 'status'
  | 'rows'
  | 'rowsChanged'
  | 'increment'
  | 'seconds'
  | 'reason'
  | 'error'
  | 'load'
  | 'goneRows'
  | 'tests'
> & {
  /** Where that is not the plan. */
  readonly action: NodeAction | undefined;
};
