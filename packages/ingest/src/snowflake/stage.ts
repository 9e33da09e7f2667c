import {
  LoadError,
  MatineeError,
  messageOf,
  type Session,
  type StageConfig,
  UsageError,
} from '@matinee/core';
import { type S3Address, s3Url } from '../places/s3/address.js';
import { lineFormat } from './lines-table.js';
import { literal, quote } from './text.js';

/** Keys to read a bucket with. */
export interface AwsKeys {
  readonly keyId: string;
  readonly secretKey: string;
  readonly sessionToken?: string;
}

export interface StageOptions {
  /** Where what a session needs for itself is made, quoted. */
  readonly schema: string;
  readonly stage?: StageConfig;
  readonly keys?: AwsKeys;
}

/** A prefix of a bucket as Snowflake sees it. */
export class Stage {
  /** The URL of what lies in it, `/` at its end. */
  readonly url: string;
  readonly #options: StageOptions;
  /** Quoted. */
  readonly #name: string;
  /** Of the prefix in the stage; empty, or with `/` at its end. */
  readonly #folder: string;

  /** @throws UsageError SOURCE_STAGE if the configured stage does not hold the prefix. */
  constructor({ bucket, key }: S3Address, options: StageOptions) {
    this.url = s3Url({ bucket, key: withSlash(key) });
    this.#options = options;
    const { name, url } = options.stage ?? {};
    this.#name = name === undefined ? `${options.schema}.${quote('matinee_bucket')}` : quotedName(name);
    this.#folder = name === undefined ? '' : this.#below(name, url);
  }

  /** The quoted name of the file format by which files are read line by line. */
  get format(): string {
    return `${this.#options.schema}.${quote('matinee_line')}`;
  }

  /** What stands behind FROM or LIST, for a path of the prefix. */
  location(path = ''): string {
    return stageLocation(this.#name, this.#folder + path);
  }

  /** Makes what the session needs. @throws LoadError LOAD_STAGE; it tells no key. */
  async open(session: Session): Promise<void> {
    await session.execute(`create schema if not exists ${this.#options.schema}`);
    await session.execute(
      `create or replace temporary file format ${this.format} ${lineFormat('auto', true)}`,
    );
    if (this.#options.stage?.name !== undefined) return;
    const secrets = Object.values(this.#options.keys ?? {});
    await session.execute(createStage(this.#name, this.url, this.#options)).catch((error: unknown) => {
      throw stageFailed(this.url, secrets, error);
    });
  }

  #below(name: string, url: string | undefined): string {
    const base = url === undefined ? undefined : withSlash(url);
    if (base !== undefined && this.url.startsWith(base)) return this.url.slice(base.length);
    throw new UsageError(
      'SOURCE_STAGE',
      `${this.url} does not lie in the stage ${name}${base === undefined ? '' : `, which points to ${base}`}.`,
      {
        hint: "Say in the target's 'stage' what url it points to, or leave the name out: a stage is then made for the load.",
      },
    );
  }
}

/** The statement that makes a stage for one session. It may hold keys: never to be shown. */
export function createStage(name: string, url: string, { stage, keys }: StageOptions): string {
  const created = `create or replace temporary stage ${name} url = ${literal(url)}`;
  if (stage?.integration !== undefined) return `${created} storage_integration = ${quote(stage.integration)}`;
  if (!keys) return created;
  const token = keys.sessionToken === undefined ? '' : ` aws_token = ${literal(keys.sessionToken)}`;
  return `${created} credentials = (aws_key_id = ${literal(keys.keyId)} aws_secret_key = ${literal(keys.secretKey)}${token})`;
}

/** `@stage/path` as SQL, in quotes where it has characters that would end it. */
export function stageLocation(stage: string, path: string): string {
  const location = `@${stage}/${path}`;
  return /^[\w./=-]*$/.test(path) ? location : literal(location);
}

/** A name as somebody wrote it, each part quoted; what is in quotes already stays. */
function quotedName(name: string): string {
  return name
    .match(/"(?:[^"]|"")+"|[^."]+/g)!
    .map((part) => (part.startsWith('"') ? part : quote(part)))
    .join('.');
}

function withSlash(key: string): string {
  return key === '' || key.endsWith('/') ? key : `${key}/`;
}

/** Neither the statement nor anything that could quote it goes along. */
function stageFailed(url: string, secrets: readonly string[], error: unknown): unknown {
  if (!(error instanceof MatineeError)) return error;
  const tells = secrets.some((secret) => error.message.includes(secret));
  if (error.code !== 'STATEMENT_FAILED' && !tells) return error;
  const message = secrets.reduce((text, secret) => text.replaceAll(secret, '…'), messageOf(error));
  return new LoadError('LOAD_STAGE', `Snowflake cannot make a stage over ${url}: ${message}`, {
    location: { file: url },
    hint: "Name a storage integration in the target's 'stage' ('matinee bootstrap' prints how one is made), or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.",
  });
}
