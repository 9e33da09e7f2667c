export * from './loader.js';
export { parseRejectLimit } from './reject-limit.js';
