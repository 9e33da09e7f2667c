import { rmdir } from 'node:fs/promises';
import type { RejectLimit, SourceLoader } from '@matinee/core';
import type { Settings } from '../options/settings.js';

/**
 * Loads files from the place that the settings name, if they name one. What knows about files is loaded only when some are
 * to be read.
 */
export function lazyLoader({ source, s3, target }: Settings): SourceLoader | undefined {
  if (source === undefined) return undefined;
  // Beside the warehouse: where that fits its files do, and the system's own folder is often in memory.
  const ownFolder = `${target.path}.tmp-load`;
  const temporaryFolder = target.temporaryFolder ?? ownFolder;
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
        await rmdir(ownFolder).catch(() => undefined);
      }
    },
  };
}

/** `10` rows or `0.5%` of them. @throws UsageError for anything else. */
export async function parseMaxRejects(text: string): Promise<RejectLimit> {
  return (await import('@matinee/ingest')).parseRejectLimit(text);
}
