/** Builds of the fixture in processes of their own, and how to kill one. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { root as repository } from '../run.mjs';

const COMMAND = join(repository, 'packages/cli/bin/matinee.mjs');

/**
 * Starts `matinee build --json`.
 *
 * @param {import('./workspace.mjs').Workspace} workspace
 * @param {{ minAmount: number }} inputs
 * @param {{ place?: { target: string, env: Record<string, string> }, more?: string[] }} options `more`: further arguments
 */
export function startBuild(workspace, inputs, { place = duckDb(workspace.database), more = [] } = {}) {
  const started = performance.now();
  const variables = JSON.stringify({ min_amount: inputs.minAmount });
  const child = spawn(
    process.execPath,
    [COMMAND, 'build', '--json', '--prune', '--target', place.target, '--vars', variables, ...more],
    {
      cwd: workspace.root,
      env: { ...environment(), ...place.env, TMPDIR: workspace.temporary },
      stdio: ['ignore', 'pipe', 'pipe'],
      // A process group of its own, so that whatever it starts is killed with it, and Ctrl-C does not reach it first.
      detached: true,
    },
  );
  const events = [];
  let [unfinished, errors] = ['', ''];
  const watchers = new Set();
  child.stdout.setEncoding('utf8').on('data', (text) => {
    const lines = (unfinished + text).split('\n');
    unfinished = lines.pop();
    events.push(...lines.map((line) => JSON.parse(line)));
    for (const watch of watchers) watch();
  });
  child.stderr.setEncoding('utf8').on('data', (text) => {
    errors += text;
  });
  const kill = () => killGroup(child);
  process.on('exit', kill);
  const finished = new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => {
      process.off('exit', kill);
      resolve({ code, signal, events, errors, seconds: (performance.now() - started) / 1000 });
    });
  });
  const until = (arrived) =>
    new Promise((resolve) => {
      const watch = () => arrived(events) && resolve();
      watchers.add(watch);
      watch();
    });
  return { kill, finished, until };
}

/** A build of a DuckDB file. */
export function duckDb(database) {
  return { target: 'dev', env: { MATINEE_DATABASE: database } };
}

/** Lets a build run to its end. */
export function runBuild(workspace, inputs, options) {
  return startBuild(workspace, inputs, options).finished;
}

/**
 * Starts a build and kills it.
 *
 * @param {ReturnType<typeof import('./moments.mjs').drawMoment>} moment
 * @returns {Promise<object>} the build as it ended; `signal` is null if it came to its end before
 */
export async function killBuild(workspace, inputs, options, moment) {
  const build = startBuild(workspace, inputs, options);
  const ended = new AbortController();
  const done = build.finished.finally(() => ended.abort());
  const attack = async () => {
    if (moment.after) await build.until(moment.after);
    await sleep(moment.ms, undefined, { signal: ended.signal });
    build.kill();
  };
  attack().catch(() => undefined);
  return done;
}

function killGroup(child) {
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}

/** Without what would change how a build goes or what it prints. */
function environment() {
  const foreign = /^(MATINEE_|SNOWFLAKE_|NO_COLOR$|FORCE_COLOR$|CI$|NX_|VITEST|NODE_OPTIONS$|NODE_V8)/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name)));
}
