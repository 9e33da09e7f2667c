import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { buildDag, type Project, type RunEvent } from '@matinee/core';
import type { Context } from '../context.js';
import { resolveSettings, type SettingsInput } from '../options/settings.js';
import { plural } from '../output/numbers.js';
import { openLatest } from '../run/open-warehouse.js';
import { CONFIG_FILE, loadConfig } from '../workspace/load-config.js';
import { loadProject } from '../workspace/load-project.js';
import { findRoot, readWorkspace } from '../workspace/workspace.js';
import { fileFindings } from './file-findings.js';
import { type Finding, failedFinding, isFinding } from './finding.js';
import { snowflakeFindings } from './snowflake-findings.js';
import { sourceFindings } from './source-findings.js';
import { systemFindings } from './system-findings.js';

/**
 * Looks at everything a build needs, as far as one thing does not hide the next.
 *
 * @param onEvent told how the look at the delivered files goes, which may take long
 */
export async function* findings(
  context: Context,
  options: SettingsInput['options'],
  onEvent: (event: RunEvent) => void,
): AsyncGenerator<Finding> {
  const { env, cwd, stripper } = context;
  yield* systemFindings();
  const root = await attempt('workspace', undefined, () => findRoot(cwd));
  if (typeof root !== 'string') return yield root;
  context.root = root;
  yield { ok: true, what: 'workspace', found: root };

  const project = await attempt('project', root, () => loadProject(readWorkspace(root), stripper));
  yield isFinding(project) ? project : describeProject(project, root);

  const config = await attempt('config', root, () => loadConfig(root, stripper));
  if (isFinding(config)) return yield config;
  const file = existsSync(join(root, CONFIG_FILE)) ? CONFIG_FILE : `no ${CONFIG_FILE}, using defaults`;
  yield { ok: true, what: 'config', found: `${file}, targets: ${Object.keys(config.targets).join(', ')}` };

  const settings = await attempt('target', root, () => resolveSettings({ options, env, config, cwd, root }));
  if (isFinding(settings)) return yield settings;
  const { target, targetName } = settings;
  yield* target.type === 'duckdb'
    ? fileFindings(target, targetName, root)
    : snowflakeFindings(context, target, targetName, root, isFinding(project) ? undefined : project);
  if (isFinding(project)) return;
  // Asked only where the files lie in a stage.
  const openSession = async () => (await openLatest(context, { settings, root }, {})).openSession();
  yield* sourceFindings(settings, project, { warehouse: { openSession }, env }, onEvent);
}

function describeProject(project: Project, root: string): Finding {
  try {
    buildDag(project);
    const packages = new Set([...project.nodes.values()].map((node) => node.package)).size;
    const found = `${plural(project.nodes.size, 'node')} in ${plural(packages, 'package')}`;
    return project.nodes.size > 0
      ? { ok: true, what: 'project', found }
      : { ok: false, what: 'project', found, todo: 'give a package a matinee key in its package.json' };
  } catch (error) {
    return failedFinding('project', root, error);
  }
}

async function attempt<T>(
  what: string,
  root: string | undefined,
  work: () => T | Promise<T>,
): Promise<T | Finding> {
  try {
    return await work();
  } catch (error) {
    return failedFinding(what, root, error);
  }
}
