import { Command, Option } from 'commander';
import type { Context, Finish } from '../context.js';
import { type CompareOptions, compare } from '../diff/compare.js';
import { parseTableName } from '../diff/table-name.js';
import { type ProjectOptions, withExamples, withProject, withWarehouse } from '../options/common.js';
import { comparisonLines } from '../output/comparison-lines.js';
import { toJson } from '../output/to-json.js';
import { openProject } from '../workspace/open-project.js';

interface DiffOptions extends ProjectOptions, CompareOptions {}

/** `matinee diff`: how two tables differ. */
export function diffCommand(context: Context, finish: Finish): Command {
  const command = new Command('diff')
    .description('compare two tables row by row, of one target or of two')
    .argument('<left>', 'a node, schema.table, TARGET:node or TARGET:schema.table')
    .argument('<right>', 'the table to compare it with')
    .addOption(
      new Option('--key <columns>', 'what rows are found by, such as a,b (default: the key of the node)'),
    )
    .option('--no-key', 'compare rows as a whole')
    .action(async (left: string, right: string, options: DiffOptions) =>
      finish(await diff(context, left, right, options)),
    );
  return withExamples(
    withWarehouse(withProject(command)),
    {
      'matinee diff fct_x prod:fct_x': 'a node in two targets',
      'matinee diff fct_x scratch.fct_x_before': 'with any table of the same file',
      'matinee diff a.x b.y --key id,day': 'two tables, rows found by these columns',
      'matinee diff a.x b.y --no-key --json': 'whole rows, as a JSON object',
    },
    `Columns that only one of them has are told and left out. Doubles within a billionth of each other are the same. Schemas
are named as they are stored, prefix included. Of another target the published copy is read where there is one. Exit code
1 if the tables differ.`,
  );
}

async function diff(context: Context, left: string, right: string, options: DiffOptions): Promise<number> {
  const { terminal } = context;
  const tables = [parseTableName(left), parseTableName(right)] as const;
  const project = await openProject(context, options);
  const comparison = await compare(context, project, tables, options);
  if (terminal.json) terminal.out(toJson({ type: 'diff', ...comparison }));
  else for (const line of await comparisonLines(comparison, terminal.colors)) terminal.out(line);
  return comparison.isDifferent ? 1 : 0;
}
