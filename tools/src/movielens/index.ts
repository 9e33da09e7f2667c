export type { ShapeName, TableName } from './csv-shape.js';
export { GenerateError, type GenerateErrorCode } from './errors.js';
export { type GeneratedSet, generateMovieLens } from './generate.js';
export { GENERATOR_VERSION, type GeneratedFile, MARKER_NAME } from './marker.js';
export type { GenerateOptions, GenerateProgress, SetSpec } from './options.js';
export { countsForRatings, SCALES, type ScaleName, type SetCounts } from './scale.js';
