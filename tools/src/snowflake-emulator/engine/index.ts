export { folderBuckets } from './copy/folder-buckets.js';
export { DuckDbEngine, type EngineOptions, type StagedFile } from './duckdb-engine.js';
