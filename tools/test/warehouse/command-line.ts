import { runInHost } from '../../../packages/cli/test/support/host.js';
import { root } from '../support.js';

/** Runs a command in the root of the repository. @returns what it printed. @throws with its output if it fails. */
export async function runMatinee(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<string> {
  const { code, stdout, stderr } = await runInHost(args, { cwd: root, env });
  if (code !== 0) throw new Error(`matinee ${args.join(' ')} failed:\n${stdout}${stderr}`);
  return stdout;
}
