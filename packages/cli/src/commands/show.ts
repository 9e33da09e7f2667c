import {
  Analysis,
  compileNode,
  DataTest,
  isEphemeral,
  isRelationNode,
  MatineeError,
  Model,
  measuresQuery,
  type ProjectNode,
  UsageError,
  type WarehouseRow,
  withSession,
} from '@matinee/core';
import { Command, Option } from 'commander';
import type { Context } from '../context.js';
import {
  countOption,
  type ProjectOptions,
  type WarehouseOptions,
  withExamples,
  withProject,
  withWarehouse,
} from '../options/common.js';
import { plural } from '../output/numbers.js';
import { rowsTable } from '../output/rows-table.js';
import { toJson } from '../output/to-json.js';
import { openForReading } from '../run/open-warehouse.js';
import { requireNode } from '../workspace/find-node.js';
import { type OpenProject, openProject } from '../workspace/open-project.js';

interface ShowOptions extends ProjectOptions, WarehouseOptions {
  readonly inline?: string;
  readonly measures?: boolean;
  readonly by?: readonly string[];
  readonly limit: number;
}

/** `matinee show`: rows of a node, an analysis or a query. */
export function showCommand(context: Context): Command {
  const command = new Command('show')
    .description('print rows of a node, an analysis or a query')
    .argument('[node]', 'the name of a node')
    .option('--inline <sql>', 'a query over published tables, named schema.table')
    .option('--measures', 'the measures of a model in place of its rows')
    .addOption(
      new Option(
        '--by <columns>',
        'the measures for each combination of the values of these columns',
      ).argParser((text: string) => text.split(',')),
    )
    .addOption(countOption('--limit', 'rows to print').default(20))
    .action((name: string | undefined, options: ShowOptions) => show(context, name, options));
  return withExamples(
    withWarehouse(withProject(command)),
    {
      'matinee show src_movies': 'the first 20 rows',
      'matinee show src_movies --limit 3 --json': 'one JSON object a row',
      'matinee show fct_x --measures --by kind': 'what is counted of fct_x, for each kind',
      "matinee show --inline 'select count(*) from staging.src_movies'": 'any query',
    },
    'Ephemeral models and analyses are computed on the spot; a data test shows the rows that fail it.\nWhere the target publishes a copy for readers, that is what is read.',
  );
}

async function show(context: Context, name: string | undefined, options: ShowOptions): Promise<void> {
  if ((name === undefined) === (options.inline === undefined)) {
    throw new UsageError('USAGE', 'Name one node, or give a query with --inline.');
  }
  if ((options.measures && name === undefined) || (options.by && !options.measures)) {
    throw new UsageError('USAGE', '--measures goes with the name of a model, and --by with --measures.');
  }
  const project = await openProject(context, options);
  const node = name === undefined ? undefined : requireNode(project.dag, name);
  const rowsSql = node ? queryOf(project, node) : (options.inline ?? '');
  const sql = node && options.measures ? measuresOf(project, node, rowsSql, options.by ?? []) : rowsSql;
  const warehouse = await openForReading(context, project, options);
  await withSession(warehouse, async (session) => {
    // One row more than asked for tells whether there are more. The order of an `order by` is to survive the limit.
    await session.execute('set preserve_insertion_order = true');
    const bare = sql.trim().replace(/;+$/, '');
    const rows = await session
      .query(`select * from (\n${bare}\n) limit ${options.limit + 1}`)
      .catch((error: unknown) => {
        throw notShown(error, name);
      });
    await print(context, rows, options.limit);
  }).finally(() => warehouse.close());
}

function queryOf({ project, names, variables }: OpenProject, node: ProjectNode): string {
  const { declaration } = node;
  const computed = declaration instanceof Analysis || declaration instanceof DataTest || isEphemeral(node);
  if (computed) return compileNode(project, node, names, variables);
  if (isRelationNode(node)) return `select * from ${names.published(node)}`;
  throw new UsageError(
    'NOT_SHOWABLE',
    `'${node.name}' is ${node.kind === 'exposure' ? 'an exposure' : 'a unit test'} and has no rows.`,
    {
      location: declaration.location,
      hint:
        node.kind === 'exposure'
          ? `Look at what it reads: matinee lineage ${node.name}.`
          : `Run it: matinee test --select ${node.name}.`,
    },
  );
}

function measuresOf(
  { names: { dialect } }: OpenProject,
  { name, declaration }: ProjectNode,
  from: string,
  by: readonly string[],
): string {
  const { location } = declaration;
  const measures = declaration instanceof Model ? Object.values(declaration.measures) : [];
  if (!(declaration instanceof Model) || measures.length === 0)
    throw new UsageError('NO_MEASURES', `'${name}' declares no measures.`, {
      location,
      hint: "Declare them in the model's option 'measures', or show its rows without --measures.",
    });
  for (const column of by)
    if (!Object.hasOwn(declaration.columns, column))
      throw new UsageError('COLUMN_UNKNOWN', `'${column}' is no column of '${name}'.`, {
        location,
        hint: `It has ${Object.keys(declaration.columns).join(', ')}.`,
      });
  return measuresQuery(measures, { from, by, dialect });
}

function notShown(error: unknown, name: string | undefined): unknown {
  if (!(error instanceof MatineeError) || error.code !== 'STATEMENT_FAILED') return error;
  const missing = name !== undefined && /does not exist/i.test(error.message);
  const hint = missing ? `Build it first: matinee build --select '+${name}'.` : error.hint;
  return new MatineeError(missing ? 'NODE_NOT_BUILT' : 'QUERY_FAILED', error.message, { hint, cause: error });
}

async function print({ terminal }: Context, rows: readonly WarehouseRow[], limit: number): Promise<void> {
  const shown = rows.slice(0, limit);
  if (terminal.json) {
    for (const row of shown) terminal.out(toJson(row));
    return;
  }
  if (shown.length > 0) terminal.out(await rowsTable(shown));
  const more = rows.length > limit ? ', there are more (--limit N)' : '';
  terminal.out(terminal.colors.dim(`${plural(shown.length, 'row')}${more}`));
}
