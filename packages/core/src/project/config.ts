import { UsageError } from '../errors.js';
import type { VariableValue } from '../sql/renderable.js';

/** A warehouse to build in. Paths are relative to the workspace's root. */
export interface TargetConfig {
  readonly type: 'duckdb';
  /** The DuckDB file. */
  readonly path: string;
  /** Stands in front of every schema name, for targets that share a file. */
  readonly schemaPrefix?: string;
  /** How much memory DuckDB may use before it spills to disk, such as `2GB`. */
  readonly memoryLimit?: string;
  /** Where it spills to. Default: beside the file. */
  readonly temporaryFolder?: string;
  /** Threads of one query. Default: the number of cores. */
  readonly engineThreads?: number;
}

/** What `matinee.config.ts` exports. Options and environment variables win over it. */
export interface Config {
  readonly targets: Readonly<Record<string, TargetConfig>>;
  /** The target that is built unless another is named. Default `dev`. */
  readonly defaultTarget?: string;
  /** The folder with the delivered files, relative to the workspace's root, or `s3://bucket/prefix`. */
  readonly source?: string;
  readonly variables?: Readonly<Record<string, VariableValue>>;
  /** Nodes that are built side by side. */
  readonly threads?: number;
}

/** Declares a configuration: `export default defineConfig({ … })` in `matinee.config.ts`. */
export function defineConfig(config: Config): Config {
  return config;
}

type Check = readonly [expected: string, accepts: (value: unknown) => boolean];

const isText = (value: unknown): boolean => typeof value === 'string' && value !== '';
const text: Check = ['a text', isText];
const whole: Check = [
  'a whole number above 0',
  (value) => typeof value === 'number' && Number.isSafeInteger(value) && value > 0,
];
const object: Check = ['an object', isObject];

const CONFIG_KEYS: Readonly<Record<keyof Config, Check>> = {
  targets: object,
  defaultTarget: text,
  source: text,
  variables: object,
  threads: whole,
};

const TARGET_KEYS: Readonly<Record<keyof TargetConfig, Check>> = {
  type: ["'duckdb'", (value) => value === 'duckdb'],
  path: text,
  schemaPrefix: ['a text', (value) => typeof value === 'string'],
  memoryLimit: text,
  temporaryFolder: text,
  engineThreads: whole,
};

/** Checks what a configuration file exports. @throws UsageError CONFIG_KEY or CONFIG_VALUE, naming the key. */
export function checkConfig(value: unknown): Config {
  checkKeys('The configuration', '', value, CONFIG_KEYS, ['targets']);
  const { targets } = value as Config;
  for (const [name, target] of Object.entries(targets)) {
    checkKeys(`Target '${name}'`, `targets.${name}.`, target, TARGET_KEYS, ['type', 'path']);
  }
  return value as Config;
}

function checkKeys(
  what: string,
  prefix: string,
  value: unknown,
  keys: Readonly<Record<string, Check>>,
  required: readonly string[],
): void {
  if (!isObject(value)) throw new UsageError('CONFIG_VALUE', `${what} is no object.`);
  const hint = `It may have: ${Object.keys(keys).join(', ')}.`;
  for (const [key, content] of Object.entries(value)) {
    const check = keys[key];
    if (!check) throw new UsageError('CONFIG_KEY', `${what} has an unknown key '${prefix}${key}'.`, { hint });
    const [expected, accepts] = check;
    if (content !== undefined && !accepts(content)) {
      throw new UsageError(
        'CONFIG_VALUE',
        `'${prefix}${key}' takes ${expected}, not ${JSON.stringify(content)}.`,
      );
    }
  }
  for (const key of required) {
    if (value[key] === undefined)
      throw new UsageError('CONFIG_VALUE', `${what} lacks '${prefix}${key}'.`, { hint });
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
