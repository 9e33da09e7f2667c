import { resolve } from 'node:path';
import {
  compileNode,
  ExportFolder,
  type ExportFormat,
  exportFormats,
  isEphemeral,
  isRelationNode,
  type ProjectNode,
  type Relation,
  type RowsFile,
  readError,
  type Session,
  selectNodes,
  UsageError,
  type Warehouse,
  withSession,
  writeRows,
} from '@matinee/core';
import { Command, Option } from 'commander';
import type { Context } from '../context.js';
import {
  type ProjectOptions,
  type SelectionOptions,
  type WarehouseOptions,
  withExamples,
  withProject,
  withSelection,
  withWarehouse,
} from '../options/common.js';
import { alignColumns } from '../output/columns.js';
import { plural } from '../output/numbers.js';
import { relativeTo, toJson } from '../output/to-json.js';
import { openForReading } from '../run/open-warehouse.js';
import { type OpenProject, openProject } from '../workspace/open-project.js';

interface ExportOptions extends ProjectOptions, SelectionOptions, WarehouseOptions {
  readonly format: ExportFormat;
  readonly out: string;
}

/** `matinee export`: the rows of nodes as files for other tools. */
export function exportCommand(context: Context): Command {
  const command = new Command('export')
    .description('write the rows of nodes to Parquet or CSV files')
    .argument('[selectors...]', 'what to export, as --select takes it')
    .addOption(new Option('--format <format>', 'of the files').choices(exportFormats).default('parquet'))
    .option('--out <folder>', 'where they go', 'target/export')
    .action((selectors: readonly string[], options: ExportOptions) =>
      exportRows(context, selectors, options),
    );
  return withExamples(
    withWarehouse(withSelection(withProject(command))),
    {
      'matinee export fct_x dim_y': 'to target/export/fct_x.parquet and dim_y.parquet',
      'matinee export path:packages/models-x/src/marts --format csv --out ~/marts': 'all marts of a package',
    },
    'A file takes the place of the export before it in one step; one that is no export is left alone. Parquet is compressed with Snappy.',
  );
}

async function exportRows(
  context: Context,
  selectors: readonly string[],
  options: ExportOptions,
): Promise<void> {
  const { terminal, cwd, interrupts } = context;
  const select = [...selectors, ...(options.select ?? [])];
  if (select.length === 0) {
    throw new UsageError('USAGE', 'Say what to export.', {
      hint: "Name nodes, such as matinee export 'fct_*'.",
    });
  }
  const open = await openProject(context, options);
  const nodes = [...selectNodes(open.dag, select, options.exclude)]
    .map((name) => open.project.get(name))
    .filter(isRelationNode);
  if (nodes.length === 0) {
    throw new UsageError('NOT_EXPORTABLE', 'Nothing that is selected has rows.', {
      hint: 'Sources, seeds, models and snapshots have.',
    });
  }
  const folder = new ExportFolder(resolve(cwd, options.out));
  const files = nodes.map((node) => ({ node, file: `${node.name}.${options.format}` }));
  // Before anything is written: half an export is worse than none.
  for (const { file } of files) folder.claim(file);
  interrupts.catchFirst(() => undefined);
  const warehouse = await openForReading(context, open, options);
  const written = await withSession(warehouse, async (session) => {
    const results = [];
    for (const { node, file } of files) {
      const path = folder.claim(file);
      const rows = await writeNode(open, { warehouse, session }, node, {
        path,
        format: options.format,
        signal: interrupts.signal,
      });
      folder.record(file);
      if (terminal.json) terminal.out(toJson({ type: 'exported', node: node.name, path, rows }));
      results.push([relativeTo(cwd, path), plural(rows, 'row')]);
    }
    return results;
  }).finally(() => warehouse.close());
  if (!terminal.json) for (const line of alignColumns(written, terminal.columns)) terminal.out(line);
}

async function writeNode(
  { project, names, variables }: OpenProject,
  { warehouse, session }: { readonly warehouse: Warehouse; readonly session: Session },
  node: ProjectNode<Relation>,
  file: RowsFile,
): Promise<number> {
  const { columns } = node.declaration;
  const list = Object.keys(columns).map((name) => names.quote(name));
  const query = isEphemeral(node)
    ? compileNode(project, node, names, variables)
    : `select ${list.join(', ')} from ${names.published(node)}`;
  try {
    return await writeRows(warehouse, session, { query, columns }, file);
  } catch (error) {
    throw await readError(error, session, names, node);
  }
}
