import { InterruptedError, MatineeError, UsageError } from '@matinee/core';
import { CommanderError } from 'commander';
import type { Context } from './context.js';
import { createInterrupts } from './interrupts.js';
import { endSoon } from './linger.js';
import { reportError } from './output/errors.js';
import { openTerminal } from './output/terminal.js';
import { createProgram } from './program.js';
import type { TypeStripper } from './workspace/type-stripper.js';

/** Runs the command that the process's arguments name, and leaves its exit code with the process. */
export async function main(stripper: TypeStripper): Promise<void> {
  process.exitCode = await runCommand(stripper);
  endSoon(process);
}

/** Runs the command that the process's arguments name. @returns its exit code. */
export async function runCommand(stripper: TypeStripper): Promise<number> {
  const argv = process.argv.slice(2);
  const terminal = openTerminal({
    stdout: process.stdout,
    stderr: process.stderr,
    env: process.env,
    json: argv.includes('--json'),
    noColor: argv.includes('--no-color'),
  });
  const context: Context = {
    terminal,
    env: process.env,
    cwd: process.cwd(),
    stripper,
    argv,
    interrupts: createInterrupts(),
    root: undefined,
  };
  let exitCode = 0;
  const program = await createProgram(context, (code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync(argv, { from: 'user' });
  } catch (error) {
    exitCode = failWith(error, context);
  }
  return exitCode;
}

function failWith(error: unknown, { terminal, root, interrupts }: Context): number {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return 0;
    // Help in answer to no command at all has been printed by now.
    if (error.code !== 'commander.help') reportError(usageError(error), terminal, root);
    return 2;
  }
  reportError(error, terminal, root);
  if (error instanceof InterruptedError) return interrupts.exitCode;
  return error instanceof MatineeError ? error.exitCode : 1;
}

function usageError({ code, message }: CommanderError): UsageError {
  const [first = '', ...rest] = message.replace(/^error: /, '').split('\n');
  const suggestion = rest
    .join(' ')
    .trim()
    .replace(/^\((.*)\)$/, '$1');
  const hint =
    code === 'commander.excessArguments' ? 'Name nodes with --select NODE.' : suggestion || undefined;
  return new UsageError('USAGE', `${first.charAt(0).toUpperCase()}${first.slice(1)}.`.replace(/\.\.$/, '.'), {
    hint: hint ?? 'matinee --help lists commands, matinee COMMAND --help its options.',
  });
}
