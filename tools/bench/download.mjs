/**
 * `node download.mjs s3://BUCKET/PREFIX FOLDER`: brings what lies there into a folder as a load does, one file after the other,
 * and loads nothing. Prints seconds. The store is that of MATINEE_S3_ENDPOINT.
 */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { openPlace } from '../../packages/ingest/dist/places/open-place.js';

const [url, folder] = process.argv.slice(2);
const place = openPlace(url, { endpoint: process.env.MATINEE_S3_ENDPOINT });
const files = await place.list(new Set());
const seconds = {};
try {
  for (const { path, facts } of files) {
    const own = join(folder, path);
    mkdirSync(own, { recursive: true });
    const started = performance.now();
    await place.bringLocal({ path, ...facts }, own);
    seconds[path] = (performance.now() - started) / 1000;
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
console.log(JSON.stringify({ type: 'download', seconds }));
process.exit(0);
