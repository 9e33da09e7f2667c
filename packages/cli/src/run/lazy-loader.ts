import { rmdir } from 'node:fs/promises';
import type { RejectLimit, SourceLoader } from '@matinee/core';
import type { Settings } from '../options/settings.js';

/**
 * Loads files from the place that the settings name, if they name one. What knows about files is loaded only when some are
 * to be read.
 */
export function lazyLoader({ source, s3, target, loadFolder }: Settings): SourceLoader | undefined {
  if (source === undefined) return undefined;
  const named = target.type === 'duckdb' ? target.temporaryFolder : undefined;
  const temporaryFolder = named ?? loadFolder;
  let made: Promise<SourceLoader> | undefined;
  const loader = () => {
    made ??= import('@matinee/ingest').then(({ createLoader }) =>
      createLoader(source, { temporaryFolder, s3 }),
    );
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

/** `10` rows or `0.5%` of them. @throws UsageError for anything else. */
export async function parseMaxRejects(text: string): Promise<RejectLimit> {
  return (await import('@matinee/ingest')).parseRejectLimit(text);
}
