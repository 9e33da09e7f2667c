import { isStoreThere } from './store-there.js';

/** Says once in a run of tests that those of S3 are skipped. Each of their files would say it otherwise. */
export function setup(): void {
  if (isStoreThere) return;
  console.warn(
    '\n*** SKIPPED: tests of S3 need a server. Install it: node tools/python/install.mjs s3 (or set MATINEE_TEST_S3_ENDPOINT and MATINEE_TEST_S3_BUCKET). ***\n',
  );
}
