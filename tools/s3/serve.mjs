/**
 * `node tools/s3/serve.mjs [identities as JSON]`: runs an S3 server on free ports of this machine, with its data in a
 * temporary folder. Prints one JSON line once it answers, `{"endpoint": …, "pid": …}`, and ends with everything it has stored when
 * standard input is closed or it is interrupted.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { serverProgram } from './server-program.mjs';

const READY_MS = 60_000;
const SERVERS = ['master', 'volume', 'filer', 's3', 'admin'];
const EVERYTHING = [
  {
    name: 'admin',
    credentials: [{ accessKey: 'testkey', secretKey: 'testsecret' }],
    actions: ['Admin', 'Read', 'List', 'Tagging', 'Write'],
  },
];

const program = serverProgram();
if (!program) {
  console.error('The S3 server is not installed: node tools/python/install.mjs s3');
  process.exit(2);
}
const identities = process.argv[2] ? JSON.parse(process.argv[2]) : EVERYTHING;
const folder = mkdtempSync(join(tmpdir(), 'matinee-s3-'));
const port = await freePorts();
writeFileSync(join(folder, 's3.json'), JSON.stringify({ identities }));

const child = spawn(program, options(), {
  stdio: 'ignore',
  env: { ...process.env, HOME: folder, GOMEMLIMIT: '512MiB' },
});
let ended = false;
child.once('error', (error) => end(1, error.message));
child.once('exit', (code) => end(1, `The server ended with ${code}.`));
process.stdin.on('end', () => end(0)).resume();
process.on('SIGINT', () => end(0));
process.on('SIGTERM', () => end(0));

const endpoint = `http://127.0.0.1:${port + 3}`;
await answers();
console.log(JSON.stringify({ endpoint, pid: child.pid }));

function options() {
  return [
    '-logtostderr=false',
    `-logdir=${folder}`,
    'mini',
    `-dir=${folder}`,
    '-ip=127.0.0.1',
    '-ip.bind=127.0.0.1',
    ...SERVERS.map((name, index) => `-${name}.port=${port + index}`),
    '-admin.ui=false',
    '-webdav=false',
    '-s3.port.iceberg=0',
    '-s3.port.lance=0',
    '-s3.iam=false',
    '-master.telemetry=false',
    `-filer.localSocket=${folder}/filer.sock`,
    `-s3.localSocket=${folder}/s3.sock`,
    `-s3.config=${folder}/s3.json`,
  ];
}

/** The first of as many free ports as there are servers. Each needs the one 10,000 above it, too. */
async function freePorts() {
  for (;;) {
    const first = 10_000 + Math.floor(Math.random() * 1_200) * 10;
    const needed = SERVERS.flatMap((_, index) => [first + index, first + index + 10_000]);
    if ((await Promise.all(needed.map(isFree))).every(Boolean)) return first;
  }
}

function isFree(candidate) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(candidate, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

/** An unsigned question is answered, by a refusal, once users and buckets are known. */
async function answers() {
  for (const until = Date.now() + READY_MS; Date.now() < until; await wait(50)) {
    const response = await fetch(endpoint).catch(() => undefined);
    if (response && response.status < 500) return;
  }
  end(1, `The server does not answer after ${READY_MS / 1000} seconds.`);
}

function end(code, reason) {
  if (ended) return;
  ended = true;
  if (reason) console.error(reason);
  child.once('exit', clean);
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) clean();
  child.kill('SIGKILL');

  function clean() {
    SERVERS.forEach((name, index) => {
      rmSync(join(tmpdir(), `seaweedfs-${name}-grpc-${port + index + 10_000}.sock`), { force: true });
    });
    rmSync(folder, { recursive: true, force: true });
    process.exit(code);
  }
}
