import { resolve } from 'node:path';
import { type Config, type Hook, type S3Config, type TargetConfig, UsageError } from '@matinee/core';
import { resolveS3 } from './s3-settings.js';
import { collectVariables } from './variables.js';

/** What options, environment and configuration come to, options first. Paths are absolute. */
export interface Settings {
  readonly targetName: string;
  /** `published` is the file to replace after a good build, and absent if there is none to replace. */
  readonly target: TargetConfig;
  /** The folder or `.zip` file with the delivered files, or `s3://…`. */
  readonly source: string | undefined;
  readonly s3: S3Config;
  /** Values for variables as they were given, not checked yet. */
  readonly variables: Readonly<Record<string, unknown>>;
  readonly threads: number | undefined;
  /** How long one node may take, in seconds. */
  readonly nodeTimeout: number | undefined;
  readonly onRunStart: readonly Hook[];
  readonly onRunEnd: readonly Hook[];
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

/** @throws UsageError TARGET_UNKNOWN, VARS_JSON, CONFIG_VALUE. */
export function resolveSettings({ options, env, config, cwd, root }: SettingsInput): Settings {
  const targetName = options.target ?? (env.MATINEE_TARGET || config.defaultTarget) ?? 'dev';
  const configured = config.targets[targetName];
  if (!configured) {
    throw new UsageError('TARGET_UNKNOWN', `No target is called '${targetName}'.`, {
      hint: `matinee.config.ts has: ${Object.keys(config.targets).join(', ') || 'none'}.`,
    });
  }
  if (options.source === '') {
    throw new UsageError('USAGE', '--source is empty.', { hint: 'Name a place, or leave the option out.' });
  }
  const given = options.source ?? env.MATINEE_SOURCE;
  const variables = { ...config.variables, ...configured.variables };
  return {
    targetName,
    target: env.MATINEE_DATABASE
      ? elsewhere(configured, resolve(cwd, env.MATINEE_DATABASE), root)
      : inPlace(targetName, configured, config, root),
    source: given ? place(given, cwd) : config.source && place(config.source, root),
    s3: resolveS3(env, config.s3),
    variables: collectVariables(options.vars, env, { ...config, variables }),
    threads: options.threads ?? configured.threads ?? config.threads,
    nodeTimeout: configured.nodeTimeout ?? config.nodeTimeout,
    onRunStart: config.onRunStart ?? [],
    onRunEnd: config.onRunEnd ?? [],
  };
}

/** A target whose file the environment names. What is published of the configured file stays as it is. */
function elsewhere({ published: _, ...target }: TargetConfig, path: string, root: string): TargetConfig {
  return { ...target, path, ...absoluteFolder(target, root) };
}

function inPlace(name: string, target: TargetConfig, config: Config, root: string): TargetConfig {
  const path = resolve(root, target.path);
  if (target.published === undefined) return { ...target, path, ...absoluteFolder(target, root) };
  const published = resolve(root, target.published);
  for (const [other, { path: built }] of Object.entries(config.targets)) {
    if (resolve(root, built) !== published) continue;
    throw new UsageError(
      'CONFIG_VALUE',
      `'targets.${name}.published' is the file that target '${other}' is built in.`,
      {
        hint: 'Name another file for the copy.',
      },
    );
  }
  return { ...target, path, published, ...absoluteFolder(target, root) };
}

function absoluteFolder(
  { temporaryFolder }: TargetConfig,
  root: string,
): Pick<TargetConfig, 'temporaryFolder'> {
  return temporaryFolder === undefined ? {} : { temporaryFolder: resolve(root, temporaryFolder) };
}

function place(source: string, base: string): string {
  return /^[a-z][a-z0-9+.-]+:\/\//i.test(source) ? source : resolve(base, source);
}
