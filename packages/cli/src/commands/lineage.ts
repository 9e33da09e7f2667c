import { Command } from 'commander';
import type { Context } from '../context.js';
import { countOption, type ProjectOptions, withExamples, withProject } from '../options/common.js';
import { toJson } from '../output/to-json.js';
import { type Edges, treeLines } from '../output/tree.js';
import { requireNode } from '../workspace/find-node.js';
import { materializedAs } from '../workspace/materialized-as.js';
import { openProject } from '../workspace/open-project.js';

interface LineageOptions extends ProjectOptions {
  readonly depth?: number;
}

/** `matinee lineage`: what a node reads and what reads it. */
export function lineageCommand(context: Context): Command {
  const command = new Command('lineage')
    .description('print what a node reads and what reads it')
    .argument('<node>', 'the name of a node')
    .addOption(countOption('--depth', 'steps to follow, all by default'))
    .action((name: string, options: LineageOptions) => lineage(context, name, options));
  return withExamples(
    withProject(command),
    {
      'matinee lineage int_x': 'all of it',
      'matinee lineage int_x --depth 1': 'its neighbours',
      'matinee lineage int_x --json': 'a JSON object with all nodes of it',
    },
    'A node that only tests refer to is marked (test). One that was shown before ends with ….',
  );
}

async function lineage(context: Context, name: string, options: LineageOptions): Promise<void> {
  const { terminal } = context;
  const { dag, names } = await openProject(context, options);
  const node = requireNode(dag, name);
  const isTestOnly = (reader: string, read: string) =>
    dag.project.get(reader).kind !== 'data_test' && !dag.queryInputsOf(reader).includes(read);
  if (terminal.json) {
    const describe = (direction: 'up' | 'down') =>
      dag.inOrder(dag.reach(node.name, direction, options.depth)).map((other) => {
        const { kind, path, owner, package: from } = dag.project.get(other);
        return { name: other, kind, package: from, owner, path, reads: dag.inputsOf(other) };
      });
    const { kind, owner, path } = node;
    const own = {
      name: node.name,
      kind,
      package: node.package,
      owner,
      path,
      reads: dag.inputsOf(node.name),
    };
    terminal.out(toJson({ ...own, upstream: describe('up'), downstream: describe('down') }));
    return;
  }
  const { bold, dim, cyan } = terminal.colors;
  const label = (other: string) => {
    const { kind, schema, declaration } = dag.project.get(other);
    const stored = materializedAs(dag.project.get(other));
    const where =
      declaration.kind.endsWith('test') || kind === 'analysis' || kind === 'exposure'
        ? ''
        : `${names.schema(schema)}.`;
    return `${where}${other}  ${dim(kind === 'model' ? (stored ?? kind) : kind.replace('_', ' '))}`;
  };
  const reads: Edges = (other) =>
    dag.inputsOf(other).map((name) => ({ name, note: isTestOnly(other, name) ? 'test' : undefined }));
  const readBy: Edges = (other) =>
    dag.consumersOf(other).map((name) => ({ name, note: isTestOnly(name, other) ? 'test' : undefined }));
  terminal.out(`${bold(label(node.name))}  ${dim(node.path)}`);
  for (const [title, edges, nothing] of [
    ['reads', reads, 'nothing'],
    ['is read by', readBy, 'nothing'],
  ] as const) {
    terminal.out('');
    terminal.out(cyan(title));
    const lines = treeLines(node.name, edges, label, options.depth);
    for (const line of lines.length > 0 ? lines : [dim(nothing)]) terminal.out(line);
  }
}
