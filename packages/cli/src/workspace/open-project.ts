import {
  buildDag,
  type Config,
  checkVariables,
  type Dag,
  Namer,
  type Project,
  type VariableValues,
} from '@matinee/core';
import type { Context } from '../context.js';
import { resolveSettings, type Settings, type SettingsInput } from '../options/settings.js';
import { loadConfig } from './load-config.js';
import { loadProject } from './load-project.js';
import { findRoot, readWorkspace, type Workspace } from './workspace.js';

/** The workspace as a command needs it. */
export interface OpenProject {
  readonly root: string;
  readonly workspace: Workspace;
  readonly config: Config;
  readonly settings: Settings;
  readonly project: Project;
  readonly dag: Dag;
  readonly names: Namer;
  readonly variables: VariableValues;
}

/** Finds the workspace, reads its configuration and gathers its nodes. @throws UsageError, ProjectError. */
export async function openProject(context: Context, options: SettingsInput['options']): Promise<OpenProject> {
  const { env, cwd, stripper } = context;
  const root = findRoot(cwd);
  context.root = root;
  const config = await loadConfig(root, stripper);
  const settings = resolveSettings({ options, env, config, cwd, root });
  const workspace = readWorkspace(root);
  const project = await loadProject(workspace, stripper);
  return {
    root,
    workspace,
    config,
    settings,
    project,
    dag: buildDag(project),
    names: new Namer(settings.target.type, settings.target.schemaPrefix),
    variables: checkVariables(project, settings.variables),
  };
}
