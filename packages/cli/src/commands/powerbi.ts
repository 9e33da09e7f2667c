import { join, resolve } from 'node:path';
import { Namer, UsageError } from '@matinee/core';
import type { PowerBi } from '@matinee/powerbi';
import { Command, Option } from 'commander';
import type { Context } from '../context.js';
import { type ProjectOptions, withExamples, withProject } from '../options/common.js';
import { plural } from '../output/numbers.js';
import { relativeTo, toJson } from '../output/to-json.js';
import { type OpenProject, openProject } from '../workspace/open-project.js';

const FOLDER = 'target/powerbi';
const EXPORTS = 'target/export';
const sources = ['snowflake', 'parquet'] as const;

interface PowerBiOptions extends ProjectOptions {
  readonly out?: string;
  readonly source?: (typeof sources)[number];
  readonly name?: string;
  readonly data?: string;
  readonly force?: boolean;
}

/** `matinee powerbi`: a semantic model and a report for Power BI, as a project of files. */
export function powerBiCommand(context: Context): Command {
  const command = new Command('powerbi')
    .description('write a Power BI project: semantic model and report')
    .argument('[report]', 'which, where the project declares several')
    .option('--out <folder>', `folder of the Power BI project (default: ${FOLDER})`)
    .addOption(
      new Option('--source <kind>', "where Power BI reads from (default: as the target's engine)").choices(
        sources,
      ),
    )
    .option('--name <name>', 'name of the Power BI project (default: the title of the report)')
    .option('--data <folder>', `folder of exported Parquet files, as Power BI sees it (default: ${EXPORTS})`)
    .option('--force', 'replace generated files that were changed by hand')
    .action((report: string | undefined, options: PowerBiOptions) => writePowerBi(context, report, options));
  return withExamples(
    withProject(command),
    {
      'matinee powerbi': `write ${FOLDER}, over exported Parquet files or Snowflake`,
      'matinee powerbi --target snowflake': 'over the tables of a Snowflake target',
      "matinee powerbi --out bi --data 'C:\\exports'": 'for a Windows machine that has the exported files',
    },
    [
      'Open the .pbip file in Power BI Desktop. Parameters of the model say where the data is; credentials are asked for there.',
      'Writing again keeps ids, pages and tables that you added, and stops if you changed a generated file.',
      'The files fit the schemas that Microsoft publishes; they were not opened in Power BI Desktop.',
    ].join('\n'),
  );
}

async function writePowerBi(
  context: Context,
  report: string | undefined,
  options: PowerBiOptions,
): Promise<void> {
  const { terminal, cwd, env } = context;
  const open = await openProject(context, options);
  const { root, settings, project } = open;
  const powerbi = await import('@matinee/powerbi');
  const reports = [...project.nodes.values()].flatMap(({ declaration }) =>
    declaration instanceof powerbi.PowerBi ? [declaration] : [],
  );
  const star = chooseReport(reports, report);
  const kind = options.source ?? (settings.target.type === 'snowflake' ? 'snowflake' : 'parquet');
  const source =
    kind === 'snowflake'
      ? powerbi.snowflakeSource(project, snowflakeNames(open), snowflakePlace(open, env))
      : powerbi.parquetSource(options.data ?? join(root, EXPORTS));
  const files = powerbi.generatePowerBi(star, source, options.name);
  const folder = options.out === undefined ? join(root, FOLDER) : resolve(cwd, options.out);
  const written = powerbi.writeProject(folder, files, { force: options.force === true });
  const nodes = star.reads.map(({ name }) => name);
  const shortcut = join(folder, files.shortcut);
  if (terminal.json) {
    terminal.out(toJson({ type: 'power_bi_written', file: shortcut, source: kind, nodes, ...written }));
    return;
  }
  const removed = written.removed.length === 0 ? '' : `, ${written.removed.length} removed`;
  terminal.out(
    `${plural(star.tables.length, 'table')}, ${plural(star.pages.length, 'page')}: ${plural(written.written.length, 'file')} written, ${written.unchanged.length} as they were${removed}`,
  );
  if (written.kept.length > 0) {
    terminal.out(`${plural(written.kept.length, 'file')} of yours, left alone:`);
    for (const path of written.kept) terminal.out(`  ${path}`);
  }
  terminal.out(`  ${terminal.colors.bold(relativeTo(root, shortcut))}`);
  if (kind === 'parquet') terminal.out(terminal.colors.dim(`  its data: matinee export ${nodes.join(' ')}`));
}

function chooseReport(reports: readonly PowerBi[], name: string | undefined): PowerBi {
  const names = reports.map((report) => report.name).join(', ');
  if (reports.length === 0) {
    throw new UsageError('POWERBI_MISSING', 'No package declares a Power BI project.', {
      hint: 'Declare one with powerBi({ … }) of @matinee/powerbi in src/exposures/ of a package.',
    });
  }
  const [found, second] = name === undefined ? reports : reports.filter((report) => report.name === name);
  if (found && second === undefined) return found;
  throw new UsageError(
    'POWERBI_MISSING',
    found ? 'There are several Power BI projects.' : `No Power BI project is called '${name}'.`,
    { hint: `Name one of: ${names}.` },
  );
}

function snowflakeNames({ settings }: OpenProject): Namer {
  return new Namer('snowflake', settings.target.schemaPrefix);
}

/** Where a Snowflake target is, as far as environment and configuration say; people set the rest in Power BI. */
function snowflakePlace({ settings: { target } }: OpenProject, env: Context['env']) {
  const configured = target.type === 'snowflake' ? target : undefined;
  return {
    account: env.SNOWFLAKE_ACCOUNT || configured?.account,
    warehouse: env.SNOWFLAKE_WAREHOUSE || configured?.warehouse,
    role: env.SNOWFLAKE_ROLE || configured?.role,
    database: env.SNOWFLAKE_DATABASE || configured?.database,
  };
}
