import { resolve } from 'node:path';
import { type Config, type TargetConfig, UsageError } from '@matinee/core';
import { collectVariables } from './variables.js';

/** What options, environment and configuration come to, options first. Paths are absolute. */
export interface Settings {
  readonly targetName: string;
  readonly target: TargetConfig;
  /** The folder with the delivered files, or `s3://…`. */
  readonly source: string | undefined;
  /** Values for variables as they were given, not checked yet. */
  readonly variables: Readonly<Record<string, unknown>>;
  readonly threads: number | undefined;
}

export interface SettingsInput {
  readonly options: {
    readonly target?: string;
    readonly source?: string;
    readonly vars?: string;
    readonly threads?: number;
  };
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly config: Config;
  /** What paths of options and environment are relative to. */
  readonly cwd: string;
  /** What paths of the configuration are relative to. */
  readonly root: string;
}

/** @throws UsageError TARGET_UNKNOWN, VARS_JSON. */
export function resolveSettings({ options, env, config, cwd, root }: SettingsInput): Settings {
  const targetName = options.target ?? (env.MATINEE_TARGET || config.defaultTarget) ?? 'dev';
  const configured = config.targets[targetName];
  if (!configured) {
    throw new UsageError('TARGET_UNKNOWN', `No target is called '${targetName}'.`, {
      hint: `matinee.config.ts has: ${Object.keys(config.targets).join(', ') || 'none'}.`,
    });
  }
  const path = env.MATINEE_DATABASE ? resolve(cwd, env.MATINEE_DATABASE) : resolve(root, configured.path);
  const temporaryFolder = configured.temporaryFolder && resolve(root, configured.temporaryFolder);
  if (options.source === '') {
    throw new UsageError('USAGE', '--source is empty.', { hint: 'Give a folder, or leave the option out.' });
  }
  const given = options.source ?? env.MATINEE_SOURCE;
  return {
    targetName,
    target: { ...configured, path, ...(temporaryFolder && { temporaryFolder }) },
    source: given ? place(given, cwd) : config.source && place(config.source, root),
    variables: collectVariables(options.vars, env, config),
    threads: options.threads ?? config.threads,
  };
}

function place(source: string, base: string): string {
  return /^[a-z][a-z0-9+.-]+:\/\//i.test(source) ? source : resolve(base, source);
}
