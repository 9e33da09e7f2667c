import { UsageError } from '@matinee/core';
import { type Command, Option } from 'commander';

/** Options of every command that reads the project. */
export interface ProjectOptions {
  readonly target?: string;
  readonly vars?: string;
  readonly json?: boolean;
}

export interface SelectionOptions {
  readonly select?: readonly string[];
  readonly exclude?: readonly string[];
}

export interface WarehouseOptions {
  readonly lockTimeout?: number;
}

export interface RunOptions extends ProjectOptions, SelectionOptions, WarehouseOptions {
  readonly threads?: number;
  readonly failFast?: boolean;
  readonly storeFailures?: boolean;
}

export function withProject(command: Command): Command {
  return command
    .option('--target <name>', 'target of matinee.config.ts (env: MATINEE_TARGET)')
    .option('--vars <json>', 'values of variables, such as \'{"since":null}\' (env: MATINEE_VARS)')
    .option('--json', 'print one JSON object a line')
    .option('--no-color', 'print without colours');
}

export function withSelection(command: Command): Command {
  return command
    .option(
      '-s, --select <selectors...>',
      'name, +name, name+, 1+name+1, package:, tag:, path:, kind:; spaces unite, commas intersect',
    )
    .option('--exclude <selectors...>', 'leave these out of the selection');
}

export function withWarehouse(command: Command): Command {
  return command.addOption(
    new Option(
      '--lock-timeout <seconds>',
      'how long to wait for another process to let go of the file (default: 600)',
    ).argParser(seconds),
  );
}

export function withRun(command: Command): Command {
  return withRunControl(withWarehouse(withSelection(withProject(command))));
}

/** How a run goes about its work, whatever it is. */
export function withRunControl(command: Command): Command {
  return command
    .addOption(countOption('--threads', 'groups of nodes to run side by side'))
    .option('--fail-fast', 'start nothing more once something has failed')
    .option('--store-failures', 'keep failing rows in schema _matinee_failures');
}

export function withSource(command: Command): Command {
  return command.option(
    '--source <place>',
    'folder, .zip file or s3:// prefix with the delivered files (env: MATINEE_SOURCE)',
  );
}

/** Examples at the end of a command's help. */
export function withExamples(
  command: Command,
  examples: Readonly<Record<string, string>>,
  more = '',
): Command {
  const width = Math.max(...Object.keys(examples).map((example) => example.length));
  const lines = Object.entries(examples).map(([example, text]) => `  ${example.padEnd(width)}  ${text}`);
  return command.addHelpText(
    'after',
    `${more === '' ? '' : `\n${more}\n`}\nExamples:\n${lines.join('\n')}\n`,
  );
}

function seconds(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && Number.isFinite(value) && value >= 0) return value;
  throw new UsageError('USAGE', `--lock-timeout takes a number of seconds, not '${text}'.`);
}

/** An option that takes a whole number above 0. */
export function countOption(name: string, description: string): Option {
  return new Option(`${name} <n>`, description).argParser((text) => {
    if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
    throw new UsageError('USAGE', `${name} takes a whole number above 0, not '${text}'.`);
  });
}
