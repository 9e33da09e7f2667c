import type { S3Client, S3ClientConfig } from '@aws-sdk/client-s3';
import { UsageError } from '@matinee/core';
import { namedProfile, profileHint } from './profile.js';
import type { Patience, S3Options } from './s3-options.js';

type Sdk = typeof import('@aws-sdk/client-s3');
type Environment = Readonly<Record<string, string | undefined>>;

/** A client of a store with all that is decided about it. */
export interface S3Connection {
  readonly sdk: Sdk;
  readonly client: S3Client;
  readonly region: string;
  /** The host of a store that is not Amazon's. */
  readonly endpoint: string | undefined;
  /** Whether the store is Amazon's, be it by an endpoint. */
  readonly isAmazons: boolean;
}

/**
 * Loads the SDK and makes a client. Nothing is asked of the store yet.
 *
 * @throws UsageError SOURCE_S3_REGION if nothing says where the bucket lies, or what does is no name of a region;
 * SOURCE_S3_ENDPOINT.
 */
export async function connect(
  options: S3Options,
  patience: Patience,
  environment: Environment,
): Promise<S3Connection> {
  // It warns of every Node version that the SDK will give up within the year; ours are in package.json.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
  const sdk = await import('@aws-sdk/client-s3');
  const url = endpointOf(options, environment);
  const make = (region: string | undefined) =>
    new sdk.S3Client({ ...configOf(options, url, patience), ...(region !== undefined && { region }) });
  const named = namedRegion(options, environment);
  let client = make(named);
  let region = named ?? (await regionOfProfile(client));
  if (region === undefined) {
    if (url === undefined) throw await noRegion(environment);
    // Stores of this kind have one region and take any name for it; this is the one that all of them know.
    region = 'us-east-1';
    client = make(region);
  }
  const isAmazons = url === undefined || /\.amazonaws\.com(\.cn)?$/.test(url.hostname);
  return { sdk, client, region, endpoint: url?.host, isAmazons };
}

function configOf(options: S3Options, url: URL | undefined, patience: Patience): S3ClientConfig {
  return {
    ...(url && { endpoint: url.href, forcePathStyle: true }),
    ...(options.anonymous && {
      credentials: { accessKeyId: '', secretAccessKey: '' },
      signer: { sign: async (request) => request },
    }),
    // Trying again is ours: the SDK does not do it once a body has begun.
    maxAttempts: 1,
    // A store may give the checksum of the whole object with a piece of it.
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: {
      connectionTimeout: patience.connectTimeout,
      socketTimeout: patience.stallTimeout,
    },
    logger: SILENT,
  };
}

const silence = (): void => undefined;
const SILENT = { trace: silence, debug: silence, info: silence, warn: silence, error: silence };

function endpointOf(options: S3Options, environment: Environment): URL | undefined {
  const isIgnored = environment.AWS_IGNORE_CONFIGURED_ENDPOINT_URLS === 'true';
  const ambient = isIgnored ? '' : environment.AWS_ENDPOINT_URL_S3 || environment.AWS_ENDPOINT_URL;
  const text = options.endpoint || ambient;
  if (!text) return undefined;
  try {
    const url = new URL(text);
    if (!/^https?:$/.test(url.protocol)) throw new Error('It is no http(s):// URL.');
    return url;
  } catch {
    throw new UsageError('SOURCE_S3_ENDPOINT', 'The endpoint of the store is no http:// or https:// URL.', {
      hint: 'Look at endpoint in s3 of matinee.config.ts, MATINEE_S3_ENDPOINT, AWS_ENDPOINT_URL_S3 and AWS_ENDPOINT_URL.',
    });
  }
}

/** Where a region may be named, the first first. */
function namedRegion({ region }: S3Options, environment: Environment): string | undefined {
  const { AWS_REGION, AWS_DEFAULT_REGION } = environment;
  const places = {
    'MATINEE_S3_REGION or region in s3 of matinee.config.ts': region,
    AWS_REGION,
    AWS_DEFAULT_REGION,
  };
  const [where, named] = Object.entries(places).find(([, text]) => text) ?? [];
  if (where !== undefined && named && !REGION.test(named)) throw badRegion(named, where);
  return named;
}

/** What can stand in the name of a host. */
const REGION = /^(?!-)[a-z0-9-]{1,63}(?<!-)$/i;

async function regionOfProfile(client: S3Client): Promise<string | undefined> {
  try {
    return await client.config.region();
  } catch (error) {
    const [, region] = /not accepted: region="(.*)"/.exec(String(error)) ?? [];
    if (region === undefined) return undefined;
    throw badRegion(region, 'region in the AWS profile');
  }
}

function badRegion(region: string, where: string): UsageError {
  return new UsageError('SOURCE_S3_REGION', `'${region}' is no name of a region.`, {
    hint: `Look at ${where}: such as eu-west-3, without blanks.`,
  });
}

async function noRegion(environment: Environment): Promise<UsageError> {
  const profile = await namedProfile(environment);
  const isMissing = profile !== undefined && !profile.isThere;
  const why = isMissing ? `, and there is no AWS profile '${profile.name}'` : '';
  return new UsageError('SOURCE_S3_REGION', `Nothing says in which region the bucket lies${why}.`, {
    hint: isMissing
      ? `Set AWS_REGION, or mend the profile. ${profileHint(profile)}`
      : 'Set AWS_REGION, region in s3 of matinee.config.ts, or region in the AWS profile.',
  });
}
