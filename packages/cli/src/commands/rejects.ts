import { type RejectedLoad, Rejects, UsageError, withSession } from '@matinee/core';
import { Command } from 'commander';
import type { Context } from '../context.js';
import {
  countOption,
  type ProjectOptions,
  type SelectionOptions,
  type WarehouseOptions,
  withExamples,
  withProject,
  withSelection,
  withWarehouse,
} from '../options/common.js';
import { rejectLines } from '../output/reject-lines.js';
import { toJson } from '../output/to-json.js';
import { historyEmpty } from '../run/history-empty.js';
import { openLatest } from '../run/open-warehouse.js';
import { openProject } from '../workspace/open-project.js';
import { selectedSources } from '../workspace/selected-sources.js';

interface RejectsOptions extends ProjectOptions, SelectionOptions, WarehouseOptions {
  readonly limit: number;
  readonly load?: string;
}

/** `matinee rejects`: delivered rows that did not fit. */
export function rejectsCommand(context: Context): Command {
  const command = new Command('rejects')
    .description('print delivered rows that did not fit, with file, line, column and reason')
    .argument('[sources...]', 'names of sources; all of them if none is given')
    .option('--load <id>', 'those of one load, as history --json and the ledger call it')
    .addOption(countOption('--limit', 'rows to print of each source and load').default(20))
    .action((names: readonly string[], options: RejectsOptions) => rejects(context, names, options));
  return withExamples(
    withWarehouse(withSelection(withProject(command))),
    {
      'matinee rejects': 'of all sources: by file and reason, and the first 20 rows',
      'matinee rejects raw_x --limit 1000': 'more of one source',
      'matinee rejects --json --limit 1000000': 'all of them, one JSON object a row',
      'matinee rejects --load 0b9cdd5e-…': 'those of one load, however long ago',
    },
    `Shown is what was rejected of what stands in the raw tables now, and by the last load of a source if that failed. The
rows of all loads are kept in _matinee.rejected_rows.`,
  );
}

async function rejects(context: Context, names: readonly string[], options: RejectsOptions): Promise<void> {
  const project = await openProject(context, options);
  const sources = selectedSources(project.dag, [...names, ...(options.select ?? [])], options.exclude);
  const warehouse = await openLatest(context, project, options);
  try {
    const loads = await withSession(warehouse, async (session) => {
      const kept = new Rejects(session, project.names);
      if (!(await kept.exist())) throw historyEmpty(warehouse.place);
      const { load: loadId, limit } = options;
      if (loadId !== undefined && !(await kept.isLoad(loadId))) throw unknownLoad(loadId);
      return kept.read({ sources, loadId, limit });
    });
    await print(context, loads, options);
  } finally {
    await warehouse.close();
  }
}

function unknownLoad(loadId: string): UsageError {
  return new UsageError('LOAD_UNKNOWN', `No load with the id '${loadId}' is on record.`, {
    hint: 'matinee history --json lists the runs with their ids.',
  });
}

async function print(
  { terminal }: Context,
  loads: readonly RejectedLoad[],
  { load }: RejectsOptions,
): Promise<void> {
  if (terminal.json) {
    for (const { source, loadId, startedAt, state, samples } of loads)
      for (const row of samples)
        terminal.out(toJson({ type: 'reject', source, loadId, startedAt, state, ...row }));
  } else if (loads.length === 0) {
    terminal.out(load === undefined ? NONE : 'That load rejected no row.');
  } else {
    for (const line of await rejectLines(loads, terminal.colors)) terminal.out(line);
  }
}

const NONE =
  'No row was rejected: of what stands in the raw tables, and by the last loads, every row did fit.';
