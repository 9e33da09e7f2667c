import { collectGarbage, findGarbage, withSession } from '@matinee/core';
import { Command } from 'commander';
import type { Context } from '../context.js';
import {
  type ProjectOptions,
  type WarehouseOptions,
  withExamples,
  withProject,
  withWarehouse,
} from '../options/common.js';
import { type CollectedGarbage, garbageEvents, garbageLines } from '../output/garbage-lines.js';
import { toJson } from '../output/to-json.js';
import { openWarehouse } from '../run/open-warehouse.js';
import { staleHolder } from '../run/stale-holder.js';
import { openProject } from '../workspace/open-project.js';

interface GcOptions extends ProjectOptions, WarehouseOptions {
  readonly drop?: boolean;
}

/** `matinee gc`: what killed runs and removed nodes have left behind. */
export function gcCommand(context: Context): Command {
  const command = new Command('gc')
    .description('clear away what killed runs left, and list tables that no node owns any more')
    .option('--drop', 'drop the tables that no node owns any more')
    .action((options: GcOptions) => gc(context, options));
  return withExamples(
    withWarehouse(withProject(command)),
    {
      'matinee gc': 'list tables that no node owns any more',
      'matinee gc --drop': 'and drop them',
      'matinee gc --target prod --json': 'of another target, for programs',
    },
    `Unfinished tables of killed runs, and changes of rows that no model or test maps any more, are dropped in any case:
nobody can use them. Tables that Matinee did not make are listed and never dropped.`,
  );
}

async function gc(context: Context, options: GcOptions): Promise<void> {
  const { terminal } = context;
  const project = await openProject(context, options);
  const { target } = project.settings;
  const holder = target.type === 'duckdb' ? staleHolder(target.path) : undefined;
  // Writing leaves a note of its own, and takes it away in the end.
  const warehouse = await openWarehouse(context, project, { ...options, readOnly: false, mustExist: true });
  const collected = await withSession(warehouse, async (session): Promise<CollectedGarbage> => {
    const garbage = await findGarbage(session, project.names, project.dag);
    const dropped = await collectGarbage(session, project.names, garbage, options.drop ?? false);
    return { ...garbage, dropped, holder };
  }).finally(() => warehouse.close());
  if (terminal.json) for (const event of garbageEvents(collected)) terminal.out(toJson(event));
  else for (const line of garbageLines(collected, terminal.colors)) terminal.out(line);
}
