import {
  checkFreshness,
  declaresFreshness,
  type SourceFreshness,
  selectNodes,
  withSession,
} from '@matinee/core';
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
import { freshnessLines } from '../output/freshness-lines.js';
import { toJson } from '../output/to-json.js';
import { openForReading } from '../run/open-warehouse.js';
import { openProject } from '../workspace/open-project.js';

type FreshnessOptions = ProjectOptions & SelectionOptions & WarehouseOptions;

/** `matinee freshness`: whether sources are as new as they say they are. */
export function freshnessCommand(context: Context, finish: Finish): Command {
  const command = new Command('freshness')
    .description('compare the age of the newest delivery of sources with what they declare')
    .action(async (options: FreshnessOptions) => finish(await freshness(context, options)));
  return withExamples(
    withWarehouse(withSelection(withProject(command))),
    {
      'matinee freshness': 'all sources that declare how old they may be',
      'matinee freshness --select raw_x raw_y': 'two of them',
      'matinee freshness --select +fct_x --json': 'those behind fct_x, one JSON object each',
    },
    `The age is that of the newest file that was loaded, or of the newest value where the source names a column. Nothing is
loaded or written. Exit code 1 if a source is older than its errorAfter or was never loaded, else 0. Where the target
publishes a copy for readers, that is what is read.`,
  );
}

async function freshness(context: Context, options: FreshnessOptions): Promise<number> {
  const project = await openProject(context, options);
  const selected = selectNodes(project.dag, options.select, options.exclude);
  const nodes = [...selected].map((name) => project.dag.project.get(name)).filter(declaresFreshness);
  if (nodes.length === 0) {
    if (!context.terminal.json) context.terminal.out(NONE);
    return 0;
  }
  const warehouse = await openForReading(context, project, options);
  try {
    const sources = await withSession(warehouse, (session) =>
      checkFreshness(session, project.names, nodes, new Date()),
    );
    print(context, sources);
    return sources.some(({ status }) => status === 'error' || status === 'never_loaded') ? 1 : 0;
  } finally {
    await warehouse.close();
  }
}

function print({ terminal }: Context, sources: readonly SourceFreshness[]): void {
  const lines = terminal.json
    ? sources.map((source) => toJson({ type: 'freshness', ...source }))
    : freshnessLines(sources, terminal.colors);
  for (const line of lines) terminal.out(line);
}

const NONE =
  'No source that is selected declares freshness: { warnAfter: { hours: 36 } } in it says how old it may be.';
