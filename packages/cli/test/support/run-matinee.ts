import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const bin = fileURLToPath(new URL('../../bin/matinee.mjs', import.meta.url));

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
}

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Started {
  readonly child: ChildProcess;
  readonly finished: Promise<Finished>;
  /** Resolves once stdout holds the text. */
  until(text: string | RegExp): Promise<void>;
}

/** Runs the command as a process of its own, as people do; without colours unless asked for. */
export function runMatinee(args: readonly string[], options: RunOptions = {}): Promise<Finished> {
  return startMatinee(args, options).finished;
}

/** The environment of a command: nothing of it is about Matinee, colours or the tests but what is given. */
export function environment(env: RunOptions['env'] = {}): Record<string, string | undefined> {
  const inherited = Object.entries(process.env).filter(
    ([name]) =>
      !/^(MATINEE_|SNOWFLAKE_|NO_COLOR$|FORCE_COLOR$|CI$|NX_|VITEST|NODE_OPTIONS$|NODE_V8)/.test(name),
  );
  return { ...Object.fromEntries(inherited), ...env };
}

export function startMatinee(args: readonly string[], { cwd, env = {} }: RunOptions = {}): Started {
  const child = spawn(process.execPath, [bin, ...args], {
    cwd,
    env: environment(env),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  const watchers = new Set<() => void>();
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    for (const watch of watchers) watch();
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const finished = new Promise<Finished>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
  const until = (text: string | RegExp) =>
    new Promise<void>((resolve, reject) => {
      const watch = () => {
        if (typeof text === 'string' ? stdout.includes(text) : text.test(stdout)) {
          watchers.delete(watch);
          resolve();
        }
      };
      watchers.add(watch);
      watch();
      finished.then(
        () => reject(new Error(`It ended before '${text}' was printed:\n${stdout}${stderr}`)),
        reject,
      );
    });
  return { child, finished, until };
}
