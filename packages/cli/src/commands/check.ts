import { checkProject, selectNodes, throwAll } from '@matinee/core';
import { Command } from 'commander';
import type { Context } from '../context.js';
import {
  type ProjectOptions,
  type SelectionOptions,
  withExamples,
  withProject,
  withSelection,
} from '../options/common.js';
import { formatSeconds, plural } from '../output/numbers.js';
import { toJson } from '../output/to-json.js';
import { openProject } from '../workspace/open-project.js';

/** `matinee check`: every query bound on empty tables. */
export function checkCommand(context: Context): Command {
  const command = new Command('check')
    .description('bind every query on empty tables: unknown columns, wrong types, broken contracts')
    .action((options: ProjectOptions & SelectionOptions) => check(context, options));
  return withExamples(
    withSelection(withProject(command)),
    {
      'matinee check': 'the whole project',
      'matinee check --select package:models-audience': 'one package',
    },
    'Needs no warehouse and no data. Errors come with file and line.',
  );
}

async function check(context: Context, options: ProjectOptions & SelectionOptions): Promise<void> {
  const { terminal } = context;
  const started = performance.now();
  const { dag, variables } = await openProject(context, options);
  const selected = selectNodes(dag, options.select, options.exclude);
  const { queries, errors } = await checkProject({ dag, selected, variables });
  throwAll(errors);
  const seconds = (performance.now() - started) / 1000;
  if (terminal.json) {
    terminal.out(toJson({ type: 'check_finished', queries, errors: 0, seconds }));
    return;
  }
  const { green, dim } = terminal.colors;
  const bound = `${plural(queries, 'query', 'queries')} ${queries === 1 ? 'binds' : 'bind'}`;
  terminal.out(`${green('✓')} ${bound} ${dim(`(${formatSeconds(seconds)})`)}`);
}
