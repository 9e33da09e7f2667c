import { History, type PastNodeResult, type PastRun, withSession } from '@matinee/core';
import { Command } from 'commander';
import type { Context } from '../context.js';
import {
  countOption,
  type ProjectOptions,
  type WarehouseOptions,
  withExamples,
  withProject,
  withWarehouse,
} from '../options/common.js';
import { nodeHistoryLines, runHistoryLines } from '../output/history-lines.js';
import { toJson } from '../output/to-json.js';
import { historyEmpty } from '../run/history-empty.js';
import { openLatest } from '../run/open-warehouse.js';
import { requireNode } from '../workspace/find-node.js';
import { type OpenProject, openProject } from '../workspace/open-project.js';

interface HistoryOptions extends ProjectOptions, WarehouseOptions {
  readonly limit: number;
}

/** `matinee history`: what ran, and how it came out. */
export function historyCommand(context: Context): Command {
  const command = new Command('history')
    .description('list the last runs, or what they did with one node')
    .argument('[node]', 'the name of a node')
    .addOption(countOption('--limit', 'runs to list').default(20))
    .action((name: string | undefined, options: HistoryOptions) => history(context, name, options));
  return withExamples(
    withWarehouse(withProject(command)),
    {
      'matinee history': 'the last 20 runs',
      'matinee history int_x': 'when int_x was built or reused, and why',
      'matinee history --limit 1 --json': 'the last run as a JSON object',
    },
    'A build that found nothing to do is no run.',
  );
}

async function history(context: Context, name: string | undefined, options: HistoryOptions): Promise<void> {
  const project = await openProject(context, options);
  const warehouse = await openLatest(context, project, options);
  await withSession(warehouse, async (session) => {
    const past = new History(session, project.names);
    if (!(await past.exists())) throw historyEmpty(warehouse.place);
    if (name === undefined) printRuns(context, await past.runs(options.limit));
    else printNode(context, project, name, await past.node(name, options.limit));
  }).finally(() => warehouse.close());
}

function printRuns({ terminal }: Context, runs: readonly PastRun[]): void {
  // Who builds holds the file: a run that this process can see and that has not ended never will.
  const known = runs.map((run) => (run.status === 'running' ? { ...run, status: 'killed' } : run));
  const lines = terminal.json
    ? known.map((run) => toJson({ type: 'run', ...run }))
    : runHistoryLines(known, terminal.colors);
  for (const line of lines) terminal.out(line);
}

function printNode(
  { terminal }: Context,
  { dag }: OpenProject,
  name: string,
  results: readonly PastNodeResult[],
): void {
  // A node that is no more may have a past all the same.
  if (results.length === 0) requireNode(dag, name);
  if (terminal.json)
    for (const result of results) terminal.out(toJson({ type: 'node', node: name, ...result }));
  else if (results.length === 0) terminal.out(`No run on record built '${name}'.`);
  else for (const line of nodeHistoryLines(results, terminal.colors)) terminal.out(line);
}
