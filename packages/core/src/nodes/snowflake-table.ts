/** How a model stands on Snowflake. Other engines do without. `Name` is what its columns may be called. */
export interface SnowflakeTable<Name extends string = string> {
  /** Without Fail-safe, which costs a week of storage. Default true: a model can be built again. */
  readonly transient?: boolean;
  /** Columns by which Snowflake keeps the rows together; of use above some gigabytes. */
  readonly clusterBy?: readonly Name[];
  /** Whether a new version takes over what was granted on the published one. Default true. */
  readonly copyGrants?: boolean;
  /** The warehouse that builds it; its tests run on the target's. */
  readonly warehouse?: string;
}
