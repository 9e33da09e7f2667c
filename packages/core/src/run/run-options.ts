import type { Warehouse } from '../adapters/adapter.js';
import type { RejectLimit } from '../adapters/reject-limit.js';
import type { SourceLoader } from '../adapters/source-loader.js';
import type { Dag } from '../graph/dag.js';
import type { TimeWindow } from '../materialize/microbatch.js';
import type { NodeKind } from '../nodes/node.js';
import type { RowLimit } from '../plan/row-limit.js';
import type { Hook } from '../project/hooks.js';
import type { VariableValues } from '../project/variables.js';
import type { RunEvent } from './events.js';

/** What a run needs; clock and the like are handed in. */
export interface RunOptions {
  readonly dag: Dag;
  readonly warehouse: Warehouse;
  /** The command as people know it: `build`, `run`, … */
  readonly command: string;
  /** The name of the target, for the ledger and for hooks. Default `dev`. */
  readonly target?: string;
  readonly select?: readonly string[];
  readonly exclude?: readonly string[];
  readonly variables?: VariableValues;
  readonly schemaPrefix?: string;
  /** Groups that run side by side. Default 2. */
  readonly threads?: number;
  /** Start nothing more once something has failed. */
  readonly failFast?: boolean;
  /** Keep failing rows in schema `_matinee_failures`. */
  readonly storeFailures?: boolean;
  /** Run before the first node and after the last, if there is anything to do at all. */
  readonly onRunStart?: readonly Hook[];
  readonly onRunEnd?: readonly Hook[];
  readonly clock?: () => Date;
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: RunEvent) => void;
}

/** A database that is attached to the warehouse read-only, in which another target is built. */
export interface DeferOptions {
  /** The alias that it is attached by. */
  readonly database: string;
  readonly schemaPrefix?: string;
}

export interface BuildOptions extends RunOptions {
  /** Only nodes of these kinds among the selected. */
  readonly kinds?: readonly NodeKind[];
  readonly fullRefresh?: boolean;
  readonly withoutTests?: boolean;
  /** Publish everything together at the end, or nothing. */
  readonly atomic?: boolean;
  /** Build with no rows, or with some of the sources' rows. */
  readonly limit?: RowLimit;
  /** Read from there what is not built now and was never built here. */
  readonly defer?: DeferOptions;
  /** Seconds that building and testing one node may take. */
  readonly nodeTimeout?: number;
  /** The time that models in microbatches compute anew, built with the same code and inputs or not. */
  readonly window?: TimeWindow;
  /** Loads sources; needed as soon as one is selected. */
  readonly loader?: SourceLoader;
  readonly maxRejects?: RejectLimit;
  /** Let go of the rows of files that were loaded and are gone from there. */
  readonly prune?: boolean;
}
