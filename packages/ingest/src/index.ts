export * from './loader.js';
export type { Patience, S3Options } from './places/s3/s3-options.js';
export { parseRejectLimit } from './reject-limit.js';
export { createSnowflakeLoader, type SnowflakeLoaderOptions } from './snowflake/snowflake-loader.js';
export type { AwsKeys } from './snowflake/stage.js';
