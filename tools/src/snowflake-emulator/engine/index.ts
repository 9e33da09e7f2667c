export { DuckDbEngine, type EngineOptions, type StagedFile } from './duckdb-engine.js';
