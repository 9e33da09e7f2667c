import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Of this repository; the program stands as deep in dist/ as in src/. */
const root = fileURLToPath(new URL('../../../..', import.meta.url));

/** What a build has done to how many nodes. */
export interface BuildCounts {
  readonly built: number;
  /** Of those, the ones that got but some of their rows anew. */
  readonly incremented: number;
  readonly reused: number;
}

/** Under which no mart of a small set is empty. */
const VARIABLES = JSON.stringify({ ratings_since: null, min_tag_movies: 2 });

type Environment = Readonly<Record<string, string | undefined>>;

/** Runs `matinee` in a folder to its end. */
export type RunCommand = (
  args: readonly string[],
  options: { readonly cwd: string; readonly env: Environment },
) => Promise<{ readonly code: number | null; readonly stdout: string; readonly stderr: string }>;

/** Runs `matinee build` of the whole project. @throws with what it printed if it fails. */
export async function buildProject(
  target: string,
  films: string,
  env: Environment,
  run: RunCommand = runProcess,
): Promise<BuildCounts> {
  const args = ['build', '--json', '--target', target, '--source', films, '--vars', VARIABLES];
  const { code, stdout, stderr } = await run(args, { cwd: root, env });
  if (code !== 0) throw new Error(`matinee ${args.join(' ')} failed:\n${failuresOf(stdout)}${stderr}`);
  const results = eventsOf(stdout).flatMap(({ type, result }) =>
    type === 'node_finished' && result ? [result] : [],
  );
  return {
    built: results.filter(({ status }) => status === 'ok').length,
    incremented: results.filter(({ action }) => action === 'increment').length,
    reused: results.filter(({ status }) => status === 'reused').length,
  };
}

const runProcess: RunCommand = (args, { cwd, env }) =>
  new Promise((resolve) => {
    const options = { cwd, env: { ...process.env, ...env }, maxBuffer: 2 ** 28 };
    const child = execFile(
      process.execPath,
      ['packages/cli/bin/matinee.mjs', ...args],
      options,
      (error, stdout, stderr) => resolve({ code: error ? (child.exitCode ?? 1) : 0, stdout, stderr }),
    );
  });

interface BuildEvent {
  readonly type: string;
  /** Of an error that let no build begin. */
  readonly code?: string;
  readonly message?: string;
  readonly result?: {
    readonly node?: string;
    readonly status: string;
    readonly action?: string;
    readonly error?: unknown;
  };
}

function eventsOf(stdout: string): readonly BuildEvent[] {
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as BuildEvent);
}

function failuresOf(stdout: string): string {
  return eventsOf(stdout)
    .map(({ type, result, code, message }) => {
      if (type === 'error') return `${code}: ${message}\n`;
      return result?.status === 'failed' && result.node
        ? `${result.node}: ${JSON.stringify(result.error)}\n`
        : '';
    })
    .join('');
}
