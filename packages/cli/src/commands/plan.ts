import { type Plan, planBuild } from '@matinee/core';
import { Command } from 'commander';
import type { Context } from '../context.js';
import {
  type BuildOptions,
  LIMIT_NOTE,
  withAtomic,
  withBackfill,
  withDefer,
  withLimit,
  withPrune,
  withRefresh,
  withSkippedTests,
} from '../options/build-options.js';
import { withExamples, withProject, withSelection, withSource, withWarehouse } from '../options/common.js';
import { planLines } from '../output/plan-lines.js';
import { relativeTo, toJson } from '../output/to-json.js';
import { countPlan, countTests, type PlannedNode, plannedNodes } from '../planning/planned-node.js';
import { buildModeOf, coreRunOptions, resourcesOf } from '../run/core-options.js';
import { attachDeferred } from '../run/defer.js';
import { openForPlanning } from '../run/open-warehouse.js';
import { watchSurvey } from '../run/watch-survey.js';
import { type OpenProject, openProject } from '../workspace/open-project.js';

interface PlanCommandOptions extends BuildOptions {
  readonly all?: boolean;
}

/** `matinee plan`: what a build with the same options would do, and why. */
export function planCommand(context: Context): Command {
  const command = new Command('plan')
    .description('print what a build would do with each node, and why; nothing is written')
    .option('--all', 'list reused nodes too')
    .action((options: PlanCommandOptions) => plan(context, options));
  return withExamples(
    withBackfill(
      withLimit(
        withDefer(
          withAtomic(
            withSkippedTests(
              withRefresh(withPrune(withSource(withWarehouse(withSelection(withProject(command)))))),
            ),
          ),
        ),
      ),
    ),
    {
      'matinee plan': 'what has changed, with the difference in SQL',
      "matinee plan --select 'int_x+'": 'one node and all that is made of it',
      'matinee plan --target prod --all': 'of another target, reused nodes one by one',
      'matinee plan --vars \'{"since":null}\' --json': 'with another value of a variable, for programs',
    },
    `matinee build with the same options does what is printed. "maybe" stands before what is done only if the rows of an
input come out different. Exit code 0, whatever there is to do.\n\n${LIMIT_NOTE}`,
  );
}

async function plan(context: Context, options: PlanCommandOptions): Promise<void> {
  const project = await openProject(context, options);
  const warehouse = await openForPlanning(context, project, options);
  try {
    const defer = await attachDeferred(context, project, warehouse, options);
    const resources = await resourcesOf(options, project, { warehouse, env: context.env });
    const plan = await watchSurvey(context.terminal, (onEvent) =>
      planBuild({
        ...coreRunOptions(context, project, options, warehouse, 'build'),
        ...buildModeOf(options, { command: 'build' }),
        ...resources,
        ...(defer && { defer }),
        onEvent,
      }),
    );
    await print(context, plan, project, options);
  } finally {
    await warehouse.close();
  }
}

async function print(
  { terminal }: Context,
  plan: Plan,
  { names, settings, root }: OpenProject,
  { all = false, defer }: PlanCommandOptions,
): Promise<void> {
  const nodes = plannedNodes(plan, names);
  const { downstream, deferred } = plan;
  const place = relativeTo(root, settings.place);
  if (!terminal.json) {
    const text = { nodes, downstream, deferred, deferTo: defer, place, all };
    for (const line of await planLines(text, terminal.colors)) terminal.out(line);
    return;
  }
  for (const node of nodes) terminal.out(toJson(jsonNode(node)));
  const groups = plan.groups.map(({ id, after, nodes: stages }) => ({
    id,
    nodes: stages.map(({ node }) => node.name),
    after,
  }));
  const { build, maybe, tests: onlyTested, reuse: reused } = countPlan(nodes);
  const counts = { build, maybe, onlyTested, reused };
  terminal.out(
    toJson({
      type: 'plan_finished',
      target: settings.targetName,
      place,
      counts,
      tests: countTests(nodes),
      downstream,
      deferred,
      groups,
    }),
  );
}

function jsonNode({ fate: _, ...node }: PlannedNode): object {
  return { type: 'plan_node', ...node };
}
