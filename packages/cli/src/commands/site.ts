import { join, resolve } from 'node:path';
import { selectNodes, UsageError } from '@matinee/core';
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
import { formatBytes, plural } from '../output/numbers.js';
import { relativeTo, toJson } from '../output/to-json.js';
import { openForReading } from '../run/open-warehouse.js';
import { openProject } from '../workspace/open-project.js';
import { findRoot } from '../workspace/workspace.js';

const FOLDER = 'target/site';
const SINGLE_FILE = 'target/site.html';
const PORT = 4400;

interface SiteBuildOptions extends ProjectOptions, SelectionOptions, WarehouseOptions {
  readonly out?: string;
  readonly singleFile?: boolean;
}

interface SiteServeOptions {
  readonly out?: string;
  readonly port: number;
  readonly json?: boolean;
}

/** `matinee site`: dashboards and documentation, as files that any browser opens. */
export function siteCommand(context: Context): Command {
  const site = new Command('site').description('build or serve the dashboards and the documentation');
  site.addCommand(siteBuildCommand(context));
  site.addCommand(siteServeCommand(context));
  return site;
}

function siteBuildCommand(context: Context): Command {
  const command = new Command('build')
    .description('write the dashboards and the documentation as a static site')
    .option('--out <place>', `folder of the site, or its file (default: ${FOLDER} or ${SINGLE_FILE})`)
    .option('--single-file', 'write one HTML file that opens without a server')
    .action((options: SiteBuildOptions) => build(context, options));
  return withExamples(
    withWarehouse(withSelection(withProject(command))),
    {
      'matinee site build': `write ${FOLDER}`,
      'matinee site build --single-file': `write ${SINGLE_FILE}, which opens from a disk`,
      'matinee site build --select package:models-audience': 'document one package',
    },
    'Nothing is built in the warehouse. Where the target publishes a copy for readers, that is what is read.',
  );
}

function siteServeCommand(context: Context): Command {
  const command = new Command('serve')
    .description('show a built site to the browser of this machine')
    .option('--out <folder>', `folder of the site (default: ${FOLDER})`)
    .option('--json', 'print one JSON object')
    .addOption(new Option('--port <n>', '0 takes any that is free').argParser(portNumber).default(PORT))
    .action((options: SiteServeOptions) => serve(context, options));
  return withExamples(command, {
    'matinee site serve': `at http://127.0.0.1:${PORT}/`,
    'matinee site serve --port 0': 'at any port',
  });
}

async function build(context: Context, options: SiteBuildOptions): Promise<void> {
  const { terminal, cwd, interrupts } = context;
  const open = await openProject(context, options);
  const { dag, names, variables, settings, root, workspace, config } = open;
  const selected = selectNodes(dag, options.select, options.exclude);
  const singleFile = options.singleFile === true;
  const { buildSite } = await import('@matinee/site');
  interrupts.catchFirst(() => undefined);
  const warehouse = await openForReading(context, open, options);
  const site = await buildSite({
    dag,
    selected,
    warehouse,
    names,
    variables,
    target: settings.targetName,
    title: config.title ?? 'Matinee',
    pages: workspace.packages.flatMap(({ name, pages }) => (pages ? [{ package: name, file: pages }] : [])),
    out:
      options.out === undefined ? join(root, singleFile ? SINGLE_FILE : FOLDER) : resolve(cwd, options.out),
    singleFile,
    cache: join(root, 'target/site-cache'),
    now: new Date(),
    signal: interrupts.signal,
  }).finally(() => warehouse.close());
  if (terminal.json) {
    terminal.out(toJson({ type: 'site_built', ...site }));
    return;
  }
  const bytes = site.files.reduce((sum, file) => sum + file.bytes, 0);
  const gzipped = site.files.reduce((sum, file) => sum + file.gzipped, 0);
  terminal.out(
    `${plural(site.nodes, 'node')} documented, ${plural(site.tables, 'table')} to look at: ${formatBytes(bytes)}, ${formatBytes(gzipped)} compressed`,
  );
  terminal.out(`  ${terminal.colors.bold(relativeTo(root, site.page))}`);
  if (!singleFile) terminal.out(terminal.colors.dim('  look at it: matinee site serve'));
}

async function serve({ terminal, cwd, interrupts }: Context, options: SiteServeOptions): Promise<void> {
  const folder = options.out === undefined ? join(findRoot(cwd), FOLDER) : resolve(cwd, options.out);
  const { serveSite } = await import('@matinee/site');
  const { url, close } = await serveSite(folder, options.port);
  interrupts.catchFirst(() => undefined);
  if (terminal.json) terminal.out(toJson({ type: 'site_served', url }));
  else terminal.out(`${url}  (Ctrl-C ends it)`);
  await new Promise<void>((stop) => {
    interrupts.signal.addEventListener('abort', () => stop(), { once: true });
  });
  await close();
}

function portNumber(text: string): number {
  if (/^\d{1,5}$/.test(text) && Number(text) < 65_536) return Number(text);
  throw new UsageError('USAGE', `--port takes a number from 0 to 65535, not '${text}'.`);
}
