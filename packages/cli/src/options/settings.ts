import { join, resolve } from 'node:path';
import {
  type Config,
  type DuckDbTarget,
  type Hook,
  type S3Config,
  type SnowflakeTarget,
  type TargetConfig,
  UsageError,
} from '@matinee/core';
import { resolveS3 } from './s3-settings.js';
import { collectVariables } from './variables.js';

/** What options, environment and configuration come to, options first. Paths are absolute. */
export interface Settings {
  readonly targetName: string;
  /** `published` is the file to replace after a good build, and absent if there is none to replace. */
  readonly target: TargetConfig;
  /** Where the target is, for people: its file, or its account and database. */
  readonly place: string;
  /** The folder or `.zip` file with the delivered files, or `s3://…`. */
  readonly source: string | undefined;
  readonly s3: S3Config;
  /** Where files are brought before they are loaded; made and removed as needed. */
  readonly loadFolder: string;
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
  const target = resolveTarget(targetName, configured, { env, config, cwd, root });
  return {
    targetName,
    target,
    place: target.type === 'duckdb' ? target.path : snowflakePlace(target, env),
    // Beside the warehouse: where that fits its files do, and the system's own folder is often in memory.
    loadFolder: `${target.type === 'duckdb' ? target.path : join(root, 'target', targetName)}.tmp-load`,
    source: given ? place(given, cwd) : config.source && place(config.source, root),
    s3: resolveS3(env, config.s3),
    variables: collectVariables(options.vars, env, { ...config, variables }),
    threads: options.threads ?? configured.threads ?? config.threads,
    nodeTimeout: configured.nodeTimeout ?? config.nodeTimeout,
    onRunStart: config.onRunStart ?? [],
    onRunEnd: config.onRunEnd ?? [],
  };
}

function resolveTarget(
  name: string,
  target: TargetConfig,
  { env, config, cwd, root }: Omit<SettingsInput, 'options'>,
): TargetConfig {
  if (target.type === 'snowflake') return withAbsoluteKey(target, root);
  return env.MATINEE_DATABASE
    ? elsewhere(target, resolve(cwd, env.MATINEE_DATABASE), root)
    : inPlace(name, target, config, root);
}

function snowflakePlace({ account, database }: SnowflakeTarget, env: SettingsInput['env']): string {
  return [env.SNOWFLAKE_ACCOUNT || account || 'Snowflake', env.SNOWFLAKE_DATABASE || database || '?'].join(
    '/',
  );
}

function withAbsoluteKey(target: SnowflakeTarget, root: string): SnowflakeTarget {
  const { privateKeyFile } = target;
  return privateKeyFile === undefined ? target : { ...target, privateKeyFile: resolve(root, privateKeyFile) };
}

/** A target whose file the environment names. What is published of the configured file stays as it is. */
function elsewhere({ published: _, ...target }: DuckDbTarget, path: string, root: string): DuckDbTarget {
  return { ...target, path, ...absoluteFolder(target, root) };
}

function inPlace(name: string, target: DuckDbTarget, config: Config, root: string): DuckDbTarget {
  const path = resolve(root, target.path);
  if (target.published === undefined) return { ...target, path, ...absoluteFolder(target, root) };
  const published = resolve(root, target.published);
  for (const [other, built] of Object.entries(config.targets)) {
    if (built.type !== 'duckdb' || resolve(root, built.path) !== published) continue;
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
  { temporaryFolder }: DuckDbTarget,
  root: string,
): Pick<DuckDbTarget, 'temporaryFolder'> {
  return temporaryFolder === undefined ? {} : { temporaryFolder: resolve(root, temporaryFolder) };
}

function place(source: string, base: string): string {
  return /^[a-z][a-z0-9+.-]+:\/\//i.test(source) ? source : resolve(base, source);
}
