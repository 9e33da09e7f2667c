import { inspect } from 'node:util';
import { BYTE_SIZE, isByteSize } from '../adapters/duckdb/size.js';
import type { StageConfig } from '../adapters/snowflake/stage-config.js';
import { UsageError } from '../errors.js';
import type { VariableValue } from '../sql/renderable.js';
import { type Hook, isHook } from './hooks.js';
import type { DuckDbTarget, SnowflakeTarget, TargetConfig } from './target-config.js';

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
  /** What people call the project; the site's name. Default: Matinee. */
  readonly title?: string;
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
  title: text,
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

const TARGET_TYPE: Check = [
  "'duckdb' or 'snowflake'",
  (value) => value === 'duckdb' || value === 'snowflake',
];

const COMMON_KEYS = {
  type: TARGET_TYPE,
  schemaPrefix: [
    'letters, digits and underscores',
    (value) => typeof value === 'string' && /^[a-z0-9_]*$/i.test(value),
  ],
  variables: object,
  threads: whole,
  nodeTimeout: seconds,
} satisfies Readonly<Record<string, Check>>;

const DUCKDB_KEYS: Readonly<Record<keyof DuckDbTarget, Check>> = {
  ...COMMON_KEYS,
  path: text,
  published: text,
  memoryLimit: size,
  temporaryFolder: text,
  maxSpill: size,
  engineThreads: whole,
};

const SNOWFLAKE_KEYS: Readonly<Record<keyof SnowflakeTarget, Check>> = {
  ...COMMON_KEYS,
  account: text,
  user: text,
  role: text,
  warehouse: text,
  database: text,
  privateKeyFile: text,
  accessUrl: text,
  stage: object,
};

const STAGE_KEYS: Readonly<Record<keyof StageConfig, Check>> = { name: text, url: text, integration: text };

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
    checkTarget(`Target '${name}'`, `targets.${name}.`, target);
  }
  return value as Config;
}

function checkTarget(what: string, prefix: string, target: unknown): void {
  if (isObject(target) && target.type === 'snowflake') {
    checkKeys(what, prefix, target, SNOWFLAKE_KEYS, []);
    checkKeys(`${what}: 'stage'`, `${prefix}stage.`, target.stage ?? {}, STAGE_KEYS, []);
    return;
  }
  checkKeys(what, prefix, target, DUCKDB_KEYS, ['type', 'path']);
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
