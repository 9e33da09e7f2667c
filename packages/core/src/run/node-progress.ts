import type { LoadedSource } from '../adapters/source-loader.js';
import type { MatineeError } from '../errors.js';
import type { NodeAction, NodeStage } from '../plan/plan.js';
import { countOutcomes } from '../testing/judge.js';
import type { TestResult } from '../testing/run-test.js';
import type { NodeStatus } from './events.js';
import type { FeedStep } from './feed-steps.js';
import type { Increment } from './increment.js';
import type { FinishedNode } from './run-context.js';

/** What has become of one node while its group runs. */
export interface NodeProgress {
  /** Undefined while it is under way, and once it is built well. */
  status: NodeStatus | undefined;
  rows: number | undefined;
  seconds: number;
  reason: string;
  error: MatineeError | undefined;
  load: LoadedSource | undefined;
  /** The rows of a source that go with their files. */
  goneRows: number;
  /** Columns stored as enums of their accepted values. */
  enums: ReadonlySet<string>;
  tests: TestResult[];
  /** Whether any of them ran, or was proved, on rows it had not passed before. */
  hasFreshTests: boolean;
  /** Whether it stands as a candidate that is read in the group and published with it. */
  hasCandidate: boolean;
  /** What is done about it, where that is not the plan. */
  action: NodeAction | undefined;
  /** What of it was computed anew, if not all of it was. */
  increment: Increment | undefined;
  /** Its changes, if something maps it. */
  step: FeedStep | undefined;
  /** Whether its rows are others than before; undefined if that was not found out. */
  rowsChanged: boolean | undefined;
}

export function newProgress({ reason }: NodeStage, rows: number | undefined): NodeProgress {
  return {
    status: undefined,
    rows,
    seconds: 0,
    reason,
    error: undefined,
    load: undefined,
    goneRows: 0,
    enums: new Set(),
    tests: [],
    hasFreshTests: false,
    hasCandidate: false,
    action: undefined,
    increment: undefined,
    step: undefined,
    rowsChanged: undefined,
  };
}

/** Progress that has come to its end. */
export function finishedNode(progress: NodeProgress): FinishedNode {
  const {
    status = 'ok',
    rows,
    seconds,
    reason,
    error,
    load,
    goneRows,
    action,
    increment,
    rowsChanged,
    tests,
  } = progress;
  return {
    status,
    rows,
    seconds,
    reason,
    error,
    load,
    ...(goneRows > 0 && { goneRows }),
    action,
    increment: increment && { touchedRows: increment.touchedRows, newRows: increment.newRows },
    rowsChanged,
    tests: countOutcomes(tests.map((test) => test.status)),
  };
}
