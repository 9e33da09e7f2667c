import { Command } from 'commander';
import type { Context, Finish } from '../context.js';
import type { Finding } from '../debug/finding.js';
import { findings } from '../debug/findings.js';
import { withExamples, withProject, withSource } from '../options/common.js';
import type { SettingsInput } from '../options/settings.js';
import { alignColumns } from '../output/columns.js';
import { toJson } from '../output/to-json.js';
import { watchSurvey } from '../run/watch-survey.js';

/** `matinee debug`: what Matinee finds on this machine, and what is wrong with it. */
export function debugCommand(context: Context, finish: Finish): Command {
  const command = new Command('debug')
    .description('look at versions, configuration, target and source, and say what is wrong')
    .action(async (options: SettingsInput['options']) => finish(await debug(context, options)));
  return withExamples(withSource(withProject(command)), {
    'matinee debug': 'the default target',
    'matinee debug --target prod --source ./ml-latest': 'another target and other files',
  });
}

async function debug(context: Context, options: SettingsInput['options']): Promise<number> {
  const { terminal } = context;
  const { green, red, bold } = terminal.colors;
  const all: Finding[] = [];
  await watchSurvey(terminal, async (onEvent) => {
    for await (const finding of findings(context, options, onEvent)) all.push(finding);
  });
  if (terminal.json) {
    for (const finding of all) terminal.out(toJson({ type: 'finding', ...finding }));
  } else {
    const rows = all.map(({ ok, what, found, todo }) => [
      ok ? green('✓') : red('✗'),
      bold(what),
      `${found}${todo ? `  → ${todo}` : ''}`,
    ]);
    for (const line of alignColumns(rows, Number.POSITIVE_INFINITY)) terminal.out(line);
  }
  return all.every(({ ok }) => ok) ? 0 : 1;
}
