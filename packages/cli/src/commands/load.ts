import { planBuild } from '@matinee/core';
import { Command } from 'commander';
import type { Context, Finish } from '../context.js';
import { type BuildOptions, withLoad } from '../options/build-options.js';
import { withExamples, withRun } from '../options/common.js';
import { plannedLoadLines } from '../output/planned-load-lines.js';
import { toJson } from '../output/to-json.js';
import { plannedSources } from '../planning/planned-files.js';
import { buildModeOf, coreRunOptions, resourcesOf } from '../run/core-options.js';
import { openForPlanning } from '../run/open-warehouse.js';
import { runBuild } from '../run/run-build.js';
import { watchSurvey } from '../run/watch-survey.js';
import { openProject } from '../workspace/open-project.js';

const LOAD = { command: 'load', kinds: ['source'] } as const;

interface LoadOptions extends BuildOptions {
  readonly dryRun?: boolean;
}

/** `matinee load`: the raw tables alone. */
export function loadCommand(context: Context, finish: Finish): Command {
  const command = new Command('load')
    .description('load the raw tables of the selected sources, and the published views over them')
    .option('--dry-run', 'say what would be loaded, how much and why; nothing is written')
    .action(async (options: LoadOptions) => {
      if (options.dryRun) await planLoad(context, options);
      else await finish(await runBuild(context, options, LOAD));
    });
  return withExamples(
    withLoad(withRun(command)),
    {
      'matinee load --source ./ml-latest': 'from a folder',
      'matinee load --dry-run': 'which files are new or changed, and how large they are',
      'matinee load --max-rejects 0.1%': 'put up with a broken row in a thousand',
      'matinee load --prune': 'let go of the rows of files that are gone',
    },
    `Only files that are new or changed are loaded, where a source comes in several. All sources are published together, or
none. The rows of a file that is gone from where it was loaded stay until --prune lets them go; files of another
place replace all of them.`,
  );
}

async function planLoad(context: Context, options: LoadOptions): Promise<void> {
  const project = await openProject(context, options);
  const warehouse = await openForPlanning(context, project, options);
  try {
    const resources = await resourcesOf(options, project, { warehouse, env: context.env });
    const plan = await watchSurvey(context.terminal, (onEvent) =>
      planBuild({
        ...coreRunOptions(context, project, options, warehouse, LOAD.command),
        ...buildModeOf(options, LOAD),
        ...resources,
        onEvent,
      }),
    );
    const sources = plannedSources(plan, project.names);
    const { terminal } = context;
    if (terminal.json)
      for (const source of sources) terminal.out(toJson({ type: 'planned_source', ...source }));
    else
      for (const line of plannedLoadLines(sources, plan.delivery?.place ?? '', terminal.colors))
        terminal.out(line);
  } finally {
    await warehouse.close();
  }
}
