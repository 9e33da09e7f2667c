import { Command } from 'commander';
import { bootstrapCommand } from './commands/bootstrap.js';
import { buildCommand, partialBuildCommands } from './commands/build.js';
import { checkCommand } from './commands/check.js';
import { cleanCommand } from './commands/clean.js';
import { compileCommand } from './commands/compile.js';
import { debugCommand } from './commands/debug.js';
import { diffCommand } from './commands/diff.js';
import { exportCommand } from './commands/export.js';
import { freshnessCommand } from './commands/freshness.js';
import { gcCommand } from './commands/gc.js';
import { historyCommand } from './commands/history.js';
import { lineageCommand } from './commands/lineage.js';
import { lsCommand } from './commands/ls.js';
import { planCommand } from './commands/plan.js';
import { rejectsCommand } from './commands/rejects.js';
import { retryCommand } from './commands/retry.js';
import { showCommand } from './commands/show.js';
import { siteCommand } from './commands/site.js';
import { summaryCommand } from './commands/summary.js';
import { verifyCommand } from './commands/verify.js';
import type { Context, Finish } from './context.js';

/** All commands. Parsing throws CommanderError for wrong usage; nothing is printed then. */
export function createProgram(context: Context, finish: Finish): Command {
  const program = new Command('matinee')
    .description('Builds, tests and explains the warehouse that the packages of this workspace declare.')
    .option('-V, --version', 'print the version')
    .helpCommand('help [command]', 'print the help of a command')
    .showSuggestionAfterError()
    .addHelpText('after', MORE);
  for (const command of [
    planCommand(context),
    buildCommand(context, finish),
    retryCommand(context, finish),
    ...partialBuildCommands(context, finish),
    checkCommand(context),
    compileCommand(context),
    showCommand(context),
    diffCommand(context, finish),
    verifyCommand(context, finish),
    lsCommand(context),
    lineageCommand(context),
    exportCommand(context),
    siteCommand(context),
    summaryCommand(context),
    historyCommand(context),
    rejectsCommand(context),
    freshnessCommand(context, finish),
    debugCommand(context, finish),
    bootstrapCommand(context),
    gcCommand(context),
    cleanCommand(context),
  ]) {
    program.addCommand(command);
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
Exit codes: 0 all well, 1 a node or test failed, 2 wrong usage or configuration, 130 interrupted (143 by SIGTERM).
`;
