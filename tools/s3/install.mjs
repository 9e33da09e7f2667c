/** `node tools/s3/install.mjs`: installs the S3 server of the tests below target/, by Python's pip. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { environment, pip, requirements, serverProgram } from './server-program.mjs';

const marker = join(environment, 'installed.txt');
const wanted = readFileSync(requirements, 'utf8');

if (!serverProgram() || !existsSync(marker) || readFileSync(marker, 'utf8') !== wanted) {
  console.log('Installing the S3 server of the tests …');
  const python = ['python3', 'python'].find((name) => spawnSync(name, ['--version']).status === 0);
  if (!python) fail('there is no Python 3 on this machine.');
  run(python, ['-m', 'venv', environment]);
  run(pip, ['install', '--quiet', '--disable-pip-version-check', '-r', requirements]);
  writeFileSync(marker, wanted);
}

function run(program, args) {
  const { status, error, stderr } = spawnSync(program, args, { encoding: 'utf8' });
  if (status !== 0) fail(`${program} ${args.join(' ')} failed: ${error?.message ?? stderr.trim()}`);
}

function fail(reason) {
  console.error(
    `The S3 server of the tests could not be installed: ${reason}\nTests that need it are skipped.`,
  );
  process.exit(1);
}
