import { rmdir } from 'node:fs/promises';
import { LEDGER_SCHEMA, type RejectLimit, type SourceLoader, type Warehouse } from '@matinee/core';
import type { AwsKeys } from '@matinee/ingest';
import type { Settings } from '../options/settings.js';

export interface LoaderResources {
  /** Through which Snowflake is asked for the files of a bucket. */
  readonly warehouse: Pick<Warehouse, 'openSession'>;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * Loads files from the place that the settings name, if they name one. What knows about files is loaded only when some are
 * to be read.
 */
export function lazyLoader(settings: Settings, resources: LoaderResources): SourceLoader | undefined {
  const { source, loadFolder } = settings;
  if (source === undefined) return undefined;
  let made: Promise<SourceLoader> | undefined;
  const loader = () => {
    made ??= makeLoader(source, settings, resources);
    return made;
  };
  return {
    survey: async (...request) => (await loader()).survey(...request),
    load: async (...request) => {
      try {
        return await (await loader()).load(...request);
      } finally {
        // It is not there if nothing was needed, and not empty if another process needs it.
        await rmdir(loadFolder).catch(() => undefined);
      }
    },
  };
}

async function makeLoader(
  source: string,
  { target, s3, loadFolder }: Settings,
  { warehouse, env }: LoaderResources,
): Promise<SourceLoader> {
  const { createLoader, createSnowflakeLoader } = await import('@matinee/ingest');
  if (target.type === 'duckdb') {
    return createLoader(source, { temporaryFolder: target.temporaryFolder ?? loadFolder, s3 });
  }
  const keys = s3.anonymous ? undefined : awsKeys(env);
  return createSnowflakeLoader(source, {
    warehouse,
    schema: `${target.schemaPrefix ?? ''}${LEDGER_SCHEMA}`,
    temporaryFolder: loadFolder,
    ...(target.stage && { stage: target.stage }),
    ...(keys && { keys }),
  });
}

/** Snowflake reads the bucket itself, so it needs the keys themselves: profiles and roles of this machine are none of its. */
function awsKeys(env: LoaderResources['env']): AwsKeys | undefined {
  const { AWS_ACCESS_KEY_ID: keyId, AWS_SECRET_ACCESS_KEY: secretKey, AWS_SESSION_TOKEN: sessionToken } = env;
  return keyId && secretKey ? { keyId, secretKey, ...(sessionToken && { sessionToken }) } : undefined;
}

/** `10` rows or `0.5%` of them. @throws UsageError for anything else. */
export async function parseMaxRejects(text: string): Promise<RejectLimit> {
  return (await import('@matinee/ingest')).parseRejectLimit(text);
}
