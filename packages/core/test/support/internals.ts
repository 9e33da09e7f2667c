/** What the tests look at beside the package's public entry. */
export * from '../../src/index.js';
export { Fingerprints } from '../../src/plan/fingerprint.js';
