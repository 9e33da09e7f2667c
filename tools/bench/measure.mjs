/** Runs a Node script in a process of its own and tells how long it took and what it needed. */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from '../run.mjs';

const preload = (name) => ['--import', pathToFileURL(join(root, 'tools/bench', name)).href];

/**
 * @typedef {object} Measured
 * @property {number} wall seconds from the process's start to its exit
 * @property {number} processor seconds of processor time, of all its threads: hardly longer on a busy machine
 * @property {number} peakBytes
 * @property {Record<string, unknown>[]} lines what it printed, a JSON value a line
 * @property {import('./record-statements.mjs').Statement[]} statements what it ran on DuckDB, if that was asked for
 */

/**
 * @param {string[]} args the script and its arguments
 * @param {{ env?: Record<string, string>, recorded?: boolean }} options `recorded`: with the statements that it runs
 * @returns {Promise<Measured>}
 */
export function measure(args, { env = {}, recorded = false } = {}) {
  const usageFile = join(root, `target/bench/usage-${process.pid}`);
  const statementsFile = join(root, `target/bench/statements-${process.pid}`);
  const preloads = [...preload('process-usage.mjs'), ...(recorded ? preload('record-statements.mjs') : [])];
  const started = performance.now();
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...preloads, ...args], {
      cwd: root,
      env: {
        ...process.env,
        ...env,
        MATINEE_USAGE_FILE: usageFile,
        ...(recorded && { MATINEE_STATEMENTS_FILE: statementsFile }),
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const chunks = [];
    child.stdout.on('data', (chunk) => chunks.push(chunk));
    child.on('error', reject);
    child.on('close', (code) => {
      const wall = (performance.now() - started) / 1000;
      const [usage, statements] = [usageFile, statementsFile].map(take);
      const lines = Buffer.concat(chunks).toString().split('\n').filter(Boolean);
      if (code !== 0)
        return reject(new Error(`${args.join(' ')} exited with ${code}:\n${lines.slice(-5).join('\n')}`));
      resolve({
        wall,
        ...JSON.parse(usage),
        lines: lines.map((line) => JSON.parse(line)),
        statements: JSON.parse(statements ?? '[]'),
      });
    });
  });
}

/** What a file says that nobody needs any more, if it is there. */
function take(file) {
  if (!existsSync(file)) return undefined;
  const text = readFileSync(file, 'utf8');
  rmSync(file);
  return text;
}
