/** The way into a bucket. Without a name a stage is made for each load, by the integration or by the keys of the environment. */
export interface StageConfig {
  /** A stage that is there already: `NAME`, `SCHEMA.NAME` or `DATABASE.SCHEMA.NAME`. */
  readonly name?: string;
  /** What that stage points to, such as `s3://bucket/prefix`: sources lie in it. */
  readonly url?: string;
  /** The storage integration by which Snowflake may read the bucket. */
  readonly integration?: string;
}
