import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { UsageError } from '@matinee/core';
import { Command } from 'commander';
import type { Context } from '../context.js';
import {
  type ProjectOptions,
  type SelectionOptions,
  withExamples,
  withProject,
  withSelection,
} from '../options/common.js';
import { plural } from '../output/numbers.js';
import { toJson } from '../output/to-json.js';
import { compileNamed, compileSelected } from '../run/compile-files.js';
import { COMPILED_FOLDER } from '../run/write-test-sql.js';
import { openProject } from '../workspace/open-project.js';

/** `matinee compile`: the SQL as it runs. */
export function compileCommand(context: Context): Command {
  const command = new Command('compile')
    .description('print the SQL of a node or test, or write that of several to target/compiled')
    .argument('[nodes...]', 'names of nodes and tests')
    .action((nodes: readonly string[], options: ProjectOptions & SelectionOptions) =>
      compile(context, nodes, options),
    );
  return withExamples(withSelection(withProject(command)), {
    'matinee compile int_x': 'print it, ready to paste',
    'matinee compile unique_int_x_id': 'print the SQL of a test',
    'matinee compile': 'write all of it to target/compiled',
    'matinee compile --select package:models-audience': 'write that of one package',
  });
}

async function compile(
  { terminal, ...context }: Context,
  nodes: readonly string[],
  options: ProjectOptions & SelectionOptions,
): Promise<void> {
  if (nodes.length > 0 && options.select) {
    throw new UsageError('USAGE', 'Name nodes or select them with --select, not both.');
  }
  const open = await openProject({ terminal, ...context }, options);
  const [only] = nodes;
  if (only !== undefined && nodes.length === 1) {
    const { name, sql } = compileNamed(open, only);
    terminal.out(terminal.json ? toJson({ name, sql }) : sql);
    return;
  }
  const compiled =
    nodes.length > 0
      ? nodes.map((name) => compileNamed(open, name))
      : compileSelected(open, options.select, options.exclude);
  for (const { name, file, sql } of compiled) {
    mkdirSync(dirname(join(open.root, file)), { recursive: true });
    writeFileSync(join(open.root, file), `${sql}\n`);
    if (terminal.json) terminal.out(toJson({ name, file }));
  }
  if (!terminal.json) terminal.out(`${plural(compiled.length, 'file')} written to ${COMPILED_FOLDER}/`);
}
