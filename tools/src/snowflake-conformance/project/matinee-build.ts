import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

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

/** Runs `matinee build` of the whole project. @throws with what it printed if it fails. */
export async function buildProject(
  target: string,
  films: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<BuildCounts> {
  const program = 'packages/cli/bin/matinee.mjs';
  const args = ['build', '--json', '--target', target, '--source', films, '--vars', VARIABLES];
  const options = { cwd: root, env: { ...process.env, ...env }, maxBuffer: 2 ** 28 };
  const { stdout } = await promisify(execFile)(process.execPath, [program, ...args], options).catch(
    ({ stdout = '', stderr = '' }: { stdout?: string; stderr?: string }) => {
      throw new Error(`matinee ${args.join(' ')} failed:\n${failuresOf(stdout)}${stderr}`);
    },
  );
  const results = eventsOf(stdout).flatMap(({ type, result }) =>
    type === 'node_finished' && result ? [result] : [],
  );
  return {
    built: results.filter(({ status }) => status === 'ok').length,
    incremented: results.filter(({ action }) => action === 'increment').length,
    reused: results.filter(({ status }) => status === 'reused').length,
  };
}

interface BuildEvent {
  readonly type: string;
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
    .filter(({ type, result }) => type === 'node_finished' && result?.status === 'failed')
    .map(({ result }) => `${result?.node}: ${JSON.stringify(result?.error)}\n`)
    .join('');
}
