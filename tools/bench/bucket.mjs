/** A bucket with the files of the benchmark, in the S3 server of the tests. */
import { spawn } from 'node:child_process';
import { createReadStream, existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { root } from '../run.mjs';
import { serverProgram } from '../s3/server-program.mjs';
import { slowLine } from './slow-line.mjs';

const BUCKET = 'bench';
const USER = { AWS_ACCESS_KEY_ID: 'testkey', AWS_SECRET_ACCESS_KEY: 'testsecret' };

/**
 * @typedef {object} BenchBucket
 * @property {string} url
 * @property {Record<string, string>} env what a process needs to read it
 * @property {() => number} processor seconds of processor time that the server has taken; NaN where that cannot be told
 */

/**
 * Runs a server with the `.csv` files of a folder in a bucket, and work beside it. The server ends when the work does.
 *
 * @template T
 * @param {string} folder
 * @param {(bucket: BenchBucket) => Promise<T>} work
 * @returns {Promise<T | undefined>} undefined if no server is installed
 */
export async function withBucket(folder, work) {
  if (!serverProgram()) return undefined;
  const server = spawn(process.execPath, [join(root, 'tools/s3/serve.mjs')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = new Promise((resolve) => server.once('exit', resolve));
  try {
    const { endpoint, pid } = await new Promise((resolve, reject) => {
      createInterface(server.stdout).once('line', (line) => resolve(JSON.parse(line)));
      server.once('exit', (code) => reject(new Error(`The S3 server ended with ${code}.`)));
    });
    await upload(folder, endpoint);
    const processor = () => processorOf(pid);
    return await work({ url: `s3://${BUCKET}/`, env: environmentOf(endpoint), processor });
  } finally {
    server.stdin.end();
    await ended;
  }
}

/**
 * Does work with the same bucket behind a line of so many bytes a second.
 *
 * @template T
 * @param {BenchBucket} bucket
 * @param {number} bytesPerSecond
 * @param {(bucket: BenchBucket) => Promise<T>} work
 */
export async function throughSlowLine(bucket, bytesPerSecond, work) {
  const line = await slowLine(bucket.env.MATINEE_S3_ENDPOINT, bytesPerSecond);
  try {
    return await work({ ...bucket, env: environmentOf(line.endpoint) });
  } finally {
    line.close();
  }
}

function environmentOf(endpoint) {
  return { ...USER, AWS_REGION: 'us-east-1', MATINEE_S3_ENDPOINT: endpoint };
}

/** Linux counts in hundredths of a second, for every architecture that Node runs on. */
function processorOf(pid) {
  const file = `/proc/${pid}/stat`;
  if (!existsSync(file)) return Number.NaN;
  const fields = readFileSync(file, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

async function upload(folder, endpoint) {
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
  const require = createRequire(join(root, 'packages/ingest/package.json'));
  const { default: sdk } = await import(require.resolve('@aws-sdk/client-s3'));
  const { S3Client, CreateBucketCommand, PutObjectCommand } = sdk;
  const credentials = { accessKeyId: USER.AWS_ACCESS_KEY_ID, secretAccessKey: USER.AWS_SECRET_ACCESS_KEY };
  const client = new S3Client({ endpoint, region: 'us-east-1', forcePathStyle: true, credentials });
  await client.send(new CreateBucketCommand({ Bucket: BUCKET }));
  for (const Key of readdirSync(folder).filter((name) => name.endsWith('.csv'))) {
    const path = join(folder, Key);
    const Body = createReadStream(path, { highWaterMark: 1_048_576 });
    await client.send(
      new PutObjectCommand({ Bucket: BUCKET, Key, Body, ContentLength: statSync(path).size }),
    );
  }
  client.destroy();
}
