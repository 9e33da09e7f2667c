import type { SnowflakeSettings } from '../adapters/snowflake/resolve-options.js';
import type { StageConfig } from '../adapters/snowflake/stage-config.js';
import type { VariableValue } from '../sql/renderable.js';

/** What targets have in common, whatever they are built in. */
interface CommonTarget {
  /** Stands in front of every schema name, for targets that share a place: letters, digits and underscores. */
  readonly schemaPrefix?: string;
  /** Values of variables for this target; they win over those of the configuration. */
  readonly variables?: Readonly<Record<string, VariableValue>>;
  /** Nodes that are built side by side; wins over the configuration's. */
  readonly threads?: number;
  /** How long one node may take, in seconds; wins over the configuration's. */
  readonly nodeTimeout?: number;
}

/** A DuckDB file to build in. Paths are relative to the workspace's root. */
export interface DuckDbTarget extends CommonTarget {
  readonly type: 'duckdb';
  /** The DuckDB file. */
  readonly path: string;
  /**
   * A second file, replaced by a copy of the first after each good build: what dashboards open, for nobody else can open
   * a file while it is built. It belongs to `path`: where MATINEE_DATABASE names another file, nothing is published.
   */
  readonly published?: string;
  /** How much memory DuckDB may use before it spills to disk, such as `2GB`. Default: half of what the process may use. */
  readonly memoryLimit?: string;
  /** Where it spills to. Default: beside the file. */
  readonly temporaryFolder?: string;
  /** How much disk it may spill to, such as `50GB`. Default: 90 % of what is free. */
  readonly maxSpill?: string;
  /** Threads of one query. Default: the number of cores. */
  readonly engineThreads?: number;
}

/**
 * A database of a Snowflake account. SNOWFLAKE_ACCOUNT, SNOWFLAKE_USER and so on win over what stands here, and secrets come
 * from nowhere else.
 */
export interface SnowflakeTarget extends CommonTarget, SnowflakeSettings {
  readonly type: 'snowflake';
  /** How Snowflake gets at files in a bucket. */
  readonly stage?: StageConfig;
}

/** A warehouse to build in. */
export type TargetConfig = DuckDbTarget | SnowflakeTarget;
