import { testPublished, type UnfinishedRun } from '@matinee/core';
import { Command } from 'commander';
import type { Context, Finish } from '../context.js';
import { type BuildOptions, withDefer, withLoad } from '../options/build-options.js';
import { withExamples, withProject, withRunControl, withWarehouse } from '../options/common.js';
import { plural } from '../output/numbers.js';
import { toJson } from '../output/to-json.js';
import { buildWithResources } from '../run/build-with-resources.js';
import { executeRun } from '../run/execute-run.js';
import { lastRun, recordedMode, retriedVariables } from '../run/last-run.js';

type RetryOptions = Omit<BuildOptions, 'select' | 'exclude'>;

/** `matinee retry`: what the last run has left undone. */
export function retryCommand(context: Context, finish: Finish): Command {
  const command = new Command('retry')
    .description('run what failed or was skipped in the last run, no more')
    .action(async (options: RetryOptions) => finish(await retry(context, options)));
  return withExamples(
    withDefer(withLoad(withRunControl(withWarehouse(withProject(command))))),
    {
      'matinee retry': 'the rest of the last run of the default target',
      'matinee retry --target prod': 'of another target',
      'matinee retry --vars \'{"since":null}\'': 'with another value of a variable',
    },
    `The last run may have been a build, a part of one or a test; it may have failed, been interrupted or been killed.
Its variables and options are taken from it, but for --target, --source, --defer and --max-rejects.`,
  );
}

async function retry(context: Context, options: RetryOptions): Promise<number> {
  return executeRun(context, options, {
    command: 'retry',
    mustExist: true,
    run: async (common, project) => {
      const last = await lastRun(common.warehouse, project);
      tell(context, last);
      if (last.unfinished.length === 0) return undefined;
      const again = {
        ...common,
        command: last.command,
        select: last.unfinished,
        variables: retriedVariables(last, options.vars, project),
      };
      if (last.command === 'test') return testPublished(again);
      return buildWithResources(context, project, options, { ...again, ...recordedMode(last) });
    },
  });
}

function tell({ terminal }: Context, { runId, command, status, unfinished }: UnfinishedRun): void {
  if (terminal.json) {
    terminal.out(toJson({ type: 'retry', runId, command, status, unfinished }));
    return;
  }
  const run = `the last run (matinee ${command}, ${status})`;
  const { dim } = terminal.colors;
  terminal.out(
    unfinished.length === 0
      ? `Nothing to do: ${run} left nothing undone.`
      : dim(
          `${run.charAt(0).toUpperCase()}${run.slice(1)} left ${plural(unfinished.length, 'node')} undone.`,
        ),
  );
}
