import { UsageError } from '@matinee/core';
import { type Command, Option } from 'commander';
import { type RunOptions, withSource } from './common.js';
import { parseShare } from './share.js';

/** Options of the commands that build, or plan to. */
export interface BuildOptions extends RunOptions {
  readonly source?: string;
  readonly maxRejects?: string;
  readonly prune?: boolean;
  readonly fullRefresh?: boolean;
  readonly skipTests?: boolean;
  readonly atomic?: boolean;
  /** The name of another target. */
  readonly defer?: string;
  readonly empty?: boolean;
  /** A share of the sources' rows, above 0 and below 1. */
  readonly sample?: number;
  /** The time that models in microbatches compute anew. */
  readonly from?: string;
  readonly to?: string;
}

export function withLoad(command: Command): Command {
  return withPrune(withSource(command)).option(
    '--max-rejects <n|n%>',
    'rejected rows per source that a load puts up with (default: 0)',
  );
}

export function withPrune(command: Command): Command {
  return command.option('--prune', 'let go of the rows of files that were loaded and are gone from there');
}

export function withRefresh(command: Command): Command {
  return command.option('--full-refresh', 'build everything selected anew, incremental tables from scratch');
}

export function withSkippedTests(command: Command): Command {
  return command.option('--skip-tests', 'publish without running tests; the next build runs them');
}

export function withAtomic(command: Command): Command {
  return command.option('--atomic', 'publish everything together at the end, or nothing');
}

export function withDefer(command: Command): Command {
  return command.option(
    '--defer <target>',
    'read from that target what is not built now and was never built here',
  );
}

export function withLimit(command: Command): Command {
  return command
    .addOption(new Option('--empty', 'build with no rows at all').conflicts('sample'))
    .addOption(
      new Option('--sample <share>', "build with a share of the sources' rows, such as 1%").argParser(
        parseShare,
      ),
    );
}

export function withBackfill(command: Command): Command {
  return command
    .addOption(
      new Option(
        '--from <time>',
        'compute models in microbatches anew from this day or time on (UTC)',
      ).argParser(parseTime),
    )
    .addOption(new Option('--to <time>', 'only up to this one, exclusive').argParser(parseTime));
}

/** `YYYY-MM-DD`, with a time or without. */
function parseTime(text: string): string {
  const isTime = /^\d{4}-\d\d-\d\d([ T]\d\d:\d\d(:\d\d)?)?$/.test(text);
  if (isTime && !Number.isNaN(Date.parse(`${text.replace(' ', 'T')}${text.length > 10 ? 'Z' : ''}`)))
    return text.replace('T', ' ');
  throw new UsageError('USAGE', `A day or time such as 2020-01-31 is needed, not '${text}'.`);
}

/** What people must know before they leave rows out. */
export const LIMIT_NOTE = `An empty or sampled build replaces what the target holds; the next build without the option brings all rows
back. Snapshots keep their history and are left alone. Tests of references and of row counts are not run.`;
