import { equalsRefresh, incrementalOf, type ProjectNode, selectNodes, verify } from '@matinee/core';
import { Command } from 'commander';
import type { Context, Finish } from '../context.js';
import {
  type ProjectOptions,
  type SelectionOptions,
  type WarehouseOptions,
  withExamples,
  withProject,
  withSelection,
  withWarehouse,
} from '../options/common.js';
import { coreRunOptions } from '../run/core-options.js';
import { openWarehouse } from '../run/open-warehouse.js';
import { verifyReporter } from '../run/verify-reporter.js';
import { type OpenProject, openProject } from '../workspace/open-project.js';

type VerifyOptions = ProjectOptions & SelectionOptions & WarehouseOptions;

/** `matinee verify`: whether incremental tables are what they would be if they were built anew. */
export function verifyCommand(context: Context, finish: Finish): Command {
  const command = new Command('verify')
    .description('compute the full refresh of incremental models beside what is published, and compare')
    .action(async (options: VerifyOptions) => finish(await runVerify(context, options)));
  return withExamples(
    withWarehouse(withSelection(withProject(command))),
    {
      'matinee verify': 'all incremental models',
      'matinee verify --select fct_x': 'one of them',
      'matinee verify --target prod --json': 'of another target, one JSON object a model',
    },
    `Each model is computed from what is published of its inputs. Nothing is written, and the file may be read by others
meanwhile. Doubles within a billionth of each other are the same. A model that cannot be computed is shown with its error,
and the others are compared. Exit code 1 if any model differs or could not be compared.`,
  );
}

async function runVerify(context: Context, options: VerifyOptions): Promise<number> {
  const project = await openProject(context, options);
  const selected = incrementalModels(project, options);
  const warehouse = await openWarehouse(context, project, { ...options, readOnly: true, mustExist: true });
  const reporter = verifyReporter(context, project, selected);
  context.interrupts.catchFirst(() => reporter.close());
  const started = performance.now();
  try {
    const run = coreRunOptions(context, project, options, warehouse, 'verify');
    const nodes = await verify(run, (verified) => reporter.verified(verified));
    const verified = new Set(nodes.map(({ node }) => node));
    await reporter.finish({
      nodes,
      unpublished: selected.map(({ name }) => name).filter((name) => !verified.has(name)),
      seconds: (performance.now() - started) / 1000,
    });
    return nodes.every(equalsRefresh) ? 0 : 1;
  } finally {
    reporter.close();
    await warehouse.close();
  }
}

function incrementalModels(
  { dag }: OpenProject,
  { select, exclude }: SelectionOptions,
): readonly ProjectNode[] {
  return [...selectNodes(dag, select, exclude)].map((name) => dag.project.get(name)).filter(incrementalOf);
}
