import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { runInHost } from '../../../packages/cli/test/support/host.js';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** Runs `node <script> …` in the root of the repository. @returns what it printed. @throws with its output if it fails. */
export async function runNode(
  script: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<string> {
  const options = { cwd: root, env: { ...process.env, ...env }, maxBuffer: 2 ** 26 };
  try {
    return (await promisify(execFile)(process.execPath, [script, ...args], options)).stdout;
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    throw new Error(`${script} ${args.join(' ')} failed:\n${stdout}${stderr}`, { cause: error });
  }
}

/** Runs a command in the root of the repository. @returns what it printed. @throws with its output if it fails. */
export async function runMatinee(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<string> {
  const { code, stdout, stderr } = await runInHost(args, { cwd: root, env });
  if (code !== 0) throw new Error(`matinee ${args.join(' ')} failed:\n${stdout}${stderr}`);
  return stdout;
}

/** A file or folder of the repository. */
export function inRepository(path: string): string {
  return fileURLToPath(new URL(path, new URL('../../../', import.meta.url)));
}
