export { parseRejectLimit } from './load/reject-limit.js';
export { createLoader, type LoaderOptions } from './loader.js';
