import { inspect } from 'node:util';
import { BYTE_SIZE, isByteSize } from '../adapters/duckdb/size.js';
import { UsageError } from '../errors.js';
import type { VariableValue } from '../sql/renderable.js';
import { type Hook, isHook } from './hooks.js';

/** A warehouse to build in. Paths are relative to the workspace's root. */
export interface TargetConfig {
  readonly type: 'duckdb';
  /** The DuckDB file. */
  readonly path: string;
  /**
   * A second file, replaced by a copy of the first after each good build: what dashboards open, for nobody else can open
   * a file while it is built. It belongs to `path`: where MATINEE_DATABASE names another file, nothing is published.
   */
  readonly published?: string;
  /** Stands in front of every schema name, for targets that share a file: letters, digits and underscores. */
  readonly schemaPrefix?: string;
  /** How much memory DuckDB may use before it spills to disk, such as `2GB`. Default: half of what the process may use. */
  readonly memoryLimit?: string;
  /** Where it spills to. Default: beside the file. */
  readonly temporaryFolder?: string;
  /** How much disk it may spill to, such as `50GB`. Default: 90 % of what is free. */
  readonly maxSpill?: string;
  /** Threads of one query. Default: the number of cores. */
  readonly engineThreads?: number;
  /** Values of variables for this target; they win over those of the configuration. */
  readonly variables?: Readonly<Record<string, VariableValue>>;
  /** Nodes that are built side by side; wins over the configuration's. */
  readonly threads?: number;
  /** How long one node may take, in seconds; wins over the configuration's. */
  readonly nodeTimeout?: number;
}

/** How buckets are reached. Credentials are none of it: the AWS SDK looks for them where all AWS tools do. */
export interface S3Config {
  /** Where the bucket lies, such as `eu-west-3`. Default: AWS_REGION, AWS_DEFAULT_REGION or the AWS profile's. */
  readonly region?: string;
  /** The URL of a store that is not Amazon's. Default: AWS_ENDPOINT_URL_S3 or AWS_ENDPOINT_URL. */
  readonly endpoint?: string;
  /** Whether requests go unsigned, to a bucket that everybody may read. */
  readonly anonymous?: boolean;
  /** Whether this account pays for what it reads, as some publishers demand. */
  readonly requesterPays?: boolean;
}

/** What `matinee.config.ts` exports. Options and environment variables win over it. */
export interface Config {
  readonly targets: Readonly<Record<string, TargetConfig>>;
  /** The target that is built unless another is named. Default `dev`. */
  readonly defaultTarget?: string;
  /** The folder or `.zip` file with the delivered files, relative to the workspace's root, or `s3://bucket/prefix`. */
  readonly source?: string;
  /** How the source's bucket is reached. */
  readonly s3?: S3Config;
  readonly variables?: Readonly<Record<string, VariableValue>>;
  /** Nodes that are built side by side. */
  readonly threads?: number;
  /** How long one node may take, in seconds. Default: as long as it likes. */
  readonly nodeTimeout?: number;
  /** Done one after the other before the first node of a run, and after the last. */
  readonly onRunStart?: readonly Hook[];
  readonly onRunEnd?: readonly Hook[];
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
const seconds: Check = [
  'a number of seconds above 0',
  (value) => typeof value === 'number' && Number.isFinite(value) && value > 0,
];
const size: Check = [BYTE_SIZE, (value) => typeof value === 'string' && isByteSize(value)];
const object: Check = ['an object', isObject];
const yesOrNo: Check = ['true or false', (value) => typeof value === 'boolean'];
const hooks: Check = [
  'a list of functions and sql`…`',
  (value) => Array.isArray(value) && value.every(isHook),
];

const CONFIG_KEYS: Readonly<Record<keyof Config, Check>> = {
  targets: object,
  defaultTarget: text,
  source: text,
  s3: object,
  variables: object,
  threads: whole,
  nodeTimeout: seconds,
  onRunStart: hooks,
  onRunEnd: hooks,
};

const TARGET_KEYS: Readonly<Record<keyof TargetConfig, Check>> = {
  type: ["'duckdb'", (value) => value === 'duckdb'],
  path: text,
  published: text,
  schemaPrefix: [
    'letters, digits and underscores',
    (value) => typeof value === 'string' && /^[a-z0-9_]*$/i.test(value),
  ],
  memoryLimit: size,
  temporaryFolder: text,
  maxSpill: size,
  engineThreads: whole,
  variables: object,
  threads: whole,
  nodeTimeout: seconds,
};

const S3_KEYS: Readonly<Record<keyof S3Config, Check>> = {
  region: text,
  endpoint: text,
  anonymous: yesOrNo,
  requesterPays: yesOrNo,
};

/** Checks what a configuration file exports. @throws UsageError CONFIG_KEY or CONFIG_VALUE, naming the key. */
export function checkConfig(value: unknown): Config {
  checkKeys('The configuration', '', value, CONFIG_KEYS, ['targets']);
  const { targets, s3 = {} } = value as Config;
  checkKeys("'s3'", 's3.', s3, S3_KEYS, []);
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
      throw new UsageError('CONFIG_VALUE', `'${prefix}${key}' takes ${expected}, not ${show(content)}.`);
    }
  }
  for (const key of required) {
    if (value[key] === undefined)
      throw new UsageError('CONFIG_VALUE', `${what} lacks '${prefix}${key}'.`, { hint });
  }
}

function show(value: unknown): string {
  return typeof value === 'string'
    ? JSON.stringify(value)
    : inspect(value, { depth: 0, breakLength: Infinity });
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
