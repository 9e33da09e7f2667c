import type { LockHolder } from '../adapters/duckdb/lock.js';
import type { LoadedSource, LoadProgress, StoreRetry, SurveyProgress } from '../adapters/source-loader.js';
import type { MatineeError } from '../errors.js';
import type { NodeAction } from '../plan/plan.js';
import type { TestOutcomes } from '../testing/judge.js';
import type { TestResult } from '../testing/run-test.js';
import type { UnitTestResult } from '../testing/unit-tests.js';
import type { SourceFreshness } from './freshness.js';

export type NodeStatus = 'ok' | 'reused' | 'failed' | 'skipped';

/** How one node came out. */
export interface NodeResult {
  readonly node: string;
  readonly kind: string;
  readonly package: string;
  /** Stored schema, with the target's prefix. */
  readonly schema: string;
  /** The materialization or kind, for people: `table`, `view`, `source`, … */
  readonly materialized: string;
  readonly action: NodeAction;
  readonly status: NodeStatus;
  /** Rows it holds now; undefined where nothing is stored. */
  readonly rows: number | undefined;
  /** From start to publication, tests included, waiting for its group excluded. */
  readonly seconds: number;
  readonly tests: TestOutcomes;
  /** The rows that went and those that came, where a model was computed from changes. */
  readonly increment: { readonly touchedRows: number; readonly newRows: number } | undefined;
  /** Whether its rows are others than before; undefined where that was not found out, as for views. */
  readonly rowsChanged: boolean | undefined;
  /** Why it was built, reused or skipped. */
  readonly reason: string;
  readonly error: MatineeError | undefined;
  readonly load: LoadedSource | undefined;
  /** Of a source: the rows of files that are no part of the delivery any more, which went with this load. */
  readonly goneRows?: number;
}

/** How a run ended. */
export type RunStatus = 'ok' | 'failed' | 'interrupted';

/** How a run came out. */
export interface RunResult {
  readonly runId: string;
  readonly status: RunStatus;
  readonly command: string;
  readonly place: string;
  readonly startedAt: string;
  readonly seconds: number;
  readonly nodes: readonly NodeResult[];
  readonly tests: readonly TestResult[];
  readonly unitTests: readonly UnitTestResult[];
  /** Of the sources that were built or that what was built reads, as far as they say how old they may be. */
  readonly freshness: readonly SourceFreshness[];
  /** What went wrong outside of any node: a hook. */
  readonly error: MatineeError | undefined;
}

/** What happens during a run, in order. The command line draws it; `--json` prints it. */
export type RunEvent =
  | { readonly type: 'waiting'; readonly place: string; readonly holder: LockHolder }
  | {
      readonly type: 'run_started';
      readonly runId: string;
      readonly command: string;
      readonly place: string;
      readonly nodes: number;
      readonly tests: number;
    }
  | {
      readonly type: 'node_started';
      readonly index: number;
      readonly total: number;
      readonly node: string;
      readonly materialized: string;
    }
  | { readonly type: 'warning'; readonly code: string; readonly message: string }
  | { readonly type: 'survey_progress'; readonly progress: SurveyProgress }
  | { readonly type: 'store_retry'; readonly retry: StoreRetry }
  | { readonly type: 'load_progress'; readonly progress: LoadProgress }
  | { readonly type: 'test_finished'; readonly result: TestResult }
  | { readonly type: 'unit_test_finished'; readonly result: UnitTestResult }
  | {
      readonly type: 'node_finished';
      readonly index: number;
      readonly total: number;
      readonly result: NodeResult;
    }
  | ({ readonly type: 'freshness' } & SourceFreshness)
  | { readonly type: 'run_finished'; readonly result: RunResult };
