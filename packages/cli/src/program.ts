import { Command } from 'commander';
import { COMMANDS } from './commands.js';
import type { Context, Finish } from './context.js';

/** The command that is called, or all of them for help. Parsing throws CommanderError for wrong usage; nothing is printed then. */
export async function createProgram(context: Context, finish: Finish): Promise<Command> {
  const program = new Command('matinee')
    .description('Builds, tests and explains the warehouse that the packages of this workspace declare.')
    .option('-V, --version', 'print the version')
    .helpCommand('help [command]', 'print the help of a command')
    .showSuggestionAfterError()
    .addHelpText('after', MORE);
  const called = COMMANDS.filter(({ names }) => names.includes(context.argv[0] ?? ''));
  for (const { load } of called.length > 0 ? called : COMMANDS) {
    for (const command of await load(context, finish)) program.addCommand(command);
  }
  for (const command of [
    program,
    ...program.commands,
    ...program.commands.flatMap(({ commands }) => commands),
  ]) {
    command.exitOverride().configureOutput({
      writeOut: context.terminal.raw,
      writeErr: context.terminal.errRaw,
      outputError: () => undefined,
    });
  }
  return program;
}

const MORE = `
Examples:
  matinee plan                            what a build would do, and why
  matinee build                           load, build and test everything that changed
  matinee build --select 'src_ratings+'   one node and all that is made of it
  matinee retry                           what failed or was skipped, no more
  matinee show NODE                       look at its rows
  matinee lineage NODE                    what it reads and what reads it

Environment: MATINEE_TARGET, MATINEE_SOURCE, MATINEE_DATABASE (the DuckDB file), MATINEE_VARS (JSON);
for sources in buckets AWS_* and MATINEE_S3_*, see docs/configuration.md.
Options win over the environment, the environment over matinee.config.ts.
Exit codes: 0 all well, 1 a node or test failed, 2 wrong usage or configuration, 130 interrupted (143 by SIGTERM, 129 by SIGHUP).
`;
