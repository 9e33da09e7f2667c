/** Runs a Node script in a process of its own and tells how long it took and what it needed. */
import { spawn } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from '../run.mjs';

const preload = pathToFileURL(join(root, 'tools/bench/peak-memory.mjs')).href;

/**
 * @param {string[]} args the script and its arguments
 * @param {Record<string, string>} env
 * @returns {Promise<{ seconds: number, peakBytes: number, lines: Record<string, unknown>[] }>} `lines`: what it printed, a JSON value a line
 */
export function measure(args, env = {}) {
  const peakFile = join(root, `target/bench/peak-${process.pid}`);
  const started = performance.now();
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--import', preload, ...args], {
      cwd: root,
      env: { ...process.env, ...env, MATINEE_PEAK_FILE: peakFile },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const chunks = [];
    child.stdout.on('data', (chunk) => chunks.push(chunk));
    child.on('error', reject);
    child.on('close', (code) => {
      const seconds = (performance.now() - started) / 1000;
      const lines = Buffer.concat(chunks).toString().split('\n').filter(Boolean);
      if (code !== 0)
        return reject(new Error(`${args.join(' ')} exited with ${code}:\n${lines.slice(-5).join('\n')}`));
      const peakBytes = Number(readFileSync(peakFile, 'utf8'));
      rmSync(peakFile, { force: true });
      resolve({ seconds, peakBytes, lines: lines.map((line) => JSON.parse(line)) });
    });
  });
}
