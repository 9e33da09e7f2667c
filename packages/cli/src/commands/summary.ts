import { Command } from 'commander';
import type { Context } from '../context.js';
import {
  type ProjectOptions,
  type WarehouseOptions,
  withExamples,
  withProject,
  withWarehouse,
} from '../options/common.js';
import { summaryLines } from '../output/summary-lines.js';
import { toJson } from '../output/to-json.js';
import { openForReading } from '../run/open-warehouse.js';
import { readSummary } from '../summary/read-summary.js';
import { suggestions } from '../summary/suggestions.js';
import { openProject } from '../workspace/open-project.js';

/** `matinee summary`: what stands in the warehouse, and what to try with it. */
export function summaryCommand(context: Context): Command {
  const command = new Command('summary')
    .description('print what stands in the warehouse: tables with rows, tests, where the file is')
    .action((options: ProjectOptions & WarehouseOptions) => summary(context, options));
  return withExamples(withWarehouse(withProject(command)), {
    'matinee summary': 'the default target',
    'matinee summary --json': 'the same as one JSON object',
  });
}

async function summary(context: Context, options: ProjectOptions & WarehouseOptions): Promise<void> {
  const { terminal } = context;
  const project = await openProject(context, options);
  const warehouse = await openForReading(context, project, options);
  const found = await readSummary(warehouse, project).finally(() => warehouse.close());
  if (terminal.json) terminal.out(toJson(found));
  else {
    const lines = summaryLines(found, suggestions(found, project), terminal.colors, project.root);
    for (const line of lines) terminal.out(line);
  }
}
