import { Model, type ProjectNode, selectNodes, UsageError } from '@matinee/core';
import { Command, Option } from 'commander';
import type { Context } from '../context.js';
import {
  type ProjectOptions,
  type SelectionOptions,
  withExamples,
  withProject,
  withSelection,
} from '../options/common.js';
import { alignColumns } from '../output/columns.js';
import { plural } from '../output/numbers.js';
import { toJson } from '../output/to-json.js';
import { materializedAs } from '../workspace/materialized-as.js';
import { openProject } from '../workspace/open-project.js';

interface LsOptions extends ProjectOptions, SelectionOptions {
  readonly output: 'table' | 'name' | 'path';
}

/** `matinee ls`: the nodes of the project. */
export function lsCommand(context: Context): Command {
  const command = new Command('ls')
    .alias('list')
    .description('list the nodes of the project')
    .addOption(
      new Option('--output <form>', 'what to print of each')
        .choices(['table', 'name', 'path'])
        .default('table'),
    )
    .action((options: LsOptions) => ls(context, options));
  return withExamples(withSelection(withProject(command)), {
    'matinee ls': 'everything',
    'matinee ls --select kind:source': 'the raw tables',
    "matinee ls --select '+dim_x' --output name": 'all that dim_x is made of, a name a line',
  });
}

async function ls(context: Context, options: LsOptions): Promise<void> {
  const { terminal } = context;
  const { dag, names } = await openProject(context, options);
  const nodes = [...selectNodes(dag, options.select, options.exclude)].map((name) => dag.project.get(name));
  if (terminal.json) {
    if (options.output !== 'table')
      throw new UsageError('USAGE', `--json and --output ${options.output} exclude each other.`);
    for (const node of nodes) {
      const { name, kind, path, owner, declaration } = node;
      const { description, tags } = declaration;
      const schema = names.schema(node.schema);
      const materialized = materializedAs(node);
      terminal.out(
        toJson({
          name,
          kind,
          materialized,
          schema,
          package: node.package,
          owner,
          path,
          description,
          tags,
          measures: measuresOf(node),
        }),
      );
    }
  } else if (options.output === 'table') {
    const { bold, dim } = terminal.colors;
    const head = ['NAME', 'KIND', 'MATERIALIZED', 'SCHEMA', 'PACKAGE', 'DESCRIPTION'].map((title) =>
      dim(title),
    );
    const rows = nodes.map((node) => [
      bold(node.name),
      node.kind,
      materializedAs(node) ?? '',
      names.schema(node.schema),
      node.package,
      dim(node.declaration.description.split('\n')[0] ?? ''),
    ]);
    for (const line of alignColumns([head, ...rows], terminal.columns)) terminal.out(line);
    terminal.out(dim(plural(nodes.length, 'node')));
  } else {
    for (const node of nodes) terminal.out(options.output === 'name' ? node.name : node.path);
  }
}

/** What a node declares to be counted; undefined, and left out, if nothing. */
function measuresOf({ declaration }: ProjectNode): readonly object[] | undefined {
  const measures = declaration instanceof Model ? Object.values(declaration.measures) : [];
  if (measures.length === 0) return undefined;
  return measures.map(({ name, aggregate, description, format }) => ({
    name,
    ...aggregate,
    description,
    format,
  }));
}
