export * from './loader.js';
export { parseRejectLimit } from './parse-reject-limit.js';
export type { Patience, S3Options } from './places/s3/s3-options.js';
export { createSnowflakeLoader, type SnowflakeLoaderOptions } from './snowflake/snowflake-loader.js';
export type { AwsKeys } from './snowflake/stage.js';
