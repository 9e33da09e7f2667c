/** fakesnow in a process of its own, on a free port. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { pythonEnvironment } from '../python/environment.mjs';

const PATIENCE_MS = 60_000;

/** Whether it is installed. */
export function hasFakesnow() {
  return pythonEnvironment('fakesnow').isReady();
}

/**
 * @param {{ complete?: boolean }} options complete: with what it lacks and a build of the warehouse needs
 * @returns {Promise<{ url: string, close(): Promise<void> }>}
 */
export async function startFakesnow({ complete = false } = {}) {
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), 'matinee-fakesnow-'));
  const script = join(dirname(fileURLToPath(import.meta.url)), 'json_server.py');
  const child = spawn(
    pythonEnvironment('fakesnow').program('python'),
    [script, String(port), ...(complete ? ['--complete'] : [])],
    // What is put into its stages goes into its temporary folder, and stays there.
    { stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, TMPDIR: folder, TEMP: folder } },
  );
  let said = '';
  child.stderr.on('data', (chunk) => {
    said = (said + chunk).slice(-4000);
  });
  const ended = new Promise((resolve) => child.once('close', resolve));
  const url = `http://127.0.0.1:${port}`;
  const close = async () => {
    child.kill('SIGKILL');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  for (const began = Date.now(); ; await sleep(100)) {
    if (child.exitCode !== null) {
      await close();
      throw new Error(`fakesnow ended: ${said}`);
    }
    if (await answers(url)) return { url, close };
    if (Date.now() - began > PATIENCE_MS) {
      await close();
      throw new Error(`fakesnow does not answer: ${said}`);
    }
  }
}

async function answers(url) {
  return fetch(`${url}/session`, { method: 'POST' }).then(
    () => true,
    () => false,
  );
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
