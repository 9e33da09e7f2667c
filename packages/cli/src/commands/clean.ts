import { existsSync, readdirSync, realpathSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type DuckDbTarget, MatineeError, UsageError } from '@matinee/core';
import { Command } from 'commander';
import type { Context } from '../context.js';
import { type ProjectOptions, withExamples } from '../options/common.js';
import { resolveSettings, type Settings } from '../options/settings.js';
import { formatBytes } from '../output/numbers.js';
import { relativeTo, toJson } from '../output/to-json.js';
import { openWarehouse } from '../run/open-warehouse.js';
import { COMPILED_FOLDER } from '../run/write-test-sql.js';
import { loadConfig } from '../workspace/load-config.js';
import { findRoot, readWorkspace } from '../workspace/workspace.js';

interface CleanOptions extends Pick<ProjectOptions, 'target'> {
  readonly all?: boolean;
}

/** `matinee clean`: what can be made again. */
export function cleanCommand(context: Context): Command {
  const command = new Command('clean')
    .description('remove compiled SQL and compiled packages')
    .option(
      '--all',
      'also the warehouse of the target, its copy for readers and the sample data, as far as they lie in target/',
    )
    .option('--target <name>', 'target of matinee.config.ts (env: MATINEE_TARGET)')
    .option('--json', 'print one JSON object a line')
    .option('--no-color', 'print without colours')
    .action((options: CleanOptions) => clean(context, options));
  return withExamples(
    command,
    { 'matinee clean': 'compiled SQL and packages', 'matinee clean --all': 'the warehouse and its copy too' },
    'Without --all, the warehouse and the data stay. What lies outside of target/ is never removed.',
  );
}

async function clean(context: Context, options: CleanOptions): Promise<void> {
  const root = findRoot(context.cwd);
  context.root = root;
  const paths = [join(root, COMPILED_FOLDER), ...compiledPackages(root), join(root, '.matinee')];
  if (options.all) {
    const { env, cwd, stripper } = context;
    const config = await loadConfig(root, stripper);
    const settings = resolveSettings({ options, env: { ...env, MATINEE_VARS: '' }, config, cwd, root });
    const target = requireFiles(settings);
    if (existsSync(target.path)) await requireFree(context, settings, root);
    paths.push(...dataPaths(root, target, settings.source));
  }
  const removed = paths.filter((path) => existsSync(path));
  for (const path of removed) {
    const bytes = sizeOf(path);
    rmSync(path, { recursive: true, force: true });
    report(context, root, path, bytes);
  }
  if (removed.length === 0 && !context.terminal.json) context.terminal.out('Nothing to remove.');
}

/** The `dist/` of the domain packages, and of the engine if it is developed in this workspace. */
function compiledPackages(root: string): readonly string[] {
  const own = fileURLToPath(new URL('../..', import.meta.url));
  const parts = ['core', 'ingest', 'powerbi', 'site'].map((name) => join(own, 'node_modules/@matinee', name));
  const engine = [own, ...parts];
  const developed = engine.filter((folder) => existsSync(folder)).map((folder) => realpathSync(folder));
  return [...readWorkspace(root).packages.map(({ folder }) => folder), ...developed]
    .filter((folder) => existsSync(join(folder, 'src')) && folder.startsWith(join(root, '/')))
    .map((folder) => join(folder, 'dist'));
}

/** @throws UsageError TARGET_KIND if the target is no file. */
function requireFiles({ target, targetName }: Settings): DuckDbTarget {
  if (target.type === 'duckdb') return target;
  throw new UsageError(
    'TARGET_KIND',
    `Target '${targetName}' is on Snowflake: there are no files to remove.`,
    {
      hint: 'Name a target on DuckDB with --target, or clean without --all. Schemas are dropped by whoever owns them.',
    },
  );
}

/** A file that another process is building in must not be taken away from under it. */
async function requireFree(context: Context, settings: Settings, root: string): Promise<void> {
  const request = { readOnly: true, mustExist: false, lockTimeout: 0 };
  const warehouse = await openWarehouse(context, { settings, root }, request).catch((error: unknown) => {
    if (error instanceof MatineeError && error.code === 'WAREHOUSE_LOCKED') throw error;
    // Whatever else is wrong with the file is no reason to keep it.
  });
  await warehouse?.close();
}

/** The warehouse, the copy for readers and the data, as far as they lie in `target/`. */
function dataPaths(
  root: string,
  { path, published }: DuckDbTarget,
  source: string | undefined,
): readonly string[] {
  const paths = [...filesOf(path), ...(published ? filesOf(published) : []), ...(source ? [source] : [])];
  return paths.filter((file) => file.startsWith(join(root, 'target', '/')));
}

/** A DuckDB file with its log, what it has spilled, unfinished copies and the note of its holder. */
function filesOf(path: string): readonly string[] {
  const folder = dirname(path);
  const name = basename(path);
  if (!existsSync(folder)) return [];
  const beside = readdirSync(folder).filter(
    (file) =>
      file.startsWith(name) && /^(\.wal|\.holder\.json|(\.\d+)?\.tmp(-.*)?)?$/.test(file.slice(name.length)),
  );
  return beside.sort().map((file) => join(folder, file));
}

function sizeOf(path: string): number {
  const stats = statSync(path);
  if (!stats.isDirectory()) return stats.size;
  return readdirSync(path).reduce((sum, name) => sum + sizeOf(join(path, name)), 0);
}

function report({ terminal }: Context, root: string, path: string, bytes: number): void {
  const shown = relativeTo(root, path);
  terminal.out(
    terminal.json
      ? toJson({ type: 'removed', path: shown, bytes })
      : `removed ${shown} ${terminal.colors.dim(formatBytes(bytes))}`,
  );
}
