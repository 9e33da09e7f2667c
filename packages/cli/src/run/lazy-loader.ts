import type { RejectLimit, SourceLoader } from '@matinee/core';
import type { Settings } from '../options/settings.js';

/**
 * Loads files from the place that the settings name, if they name one. What knows about files is loaded only when some are
 * to be read.
 */
export function lazyLoader({ source, s3, target }: Settings): SourceLoader | undefined {
  if (source === undefined) return undefined;
  // Beside the warehouse: where it fits, its files do, and a system's own folder is often in memory.
  const temporaryFolder = target.temporaryFolder ?? `${target.path}.tmp-load`;
  let made: Promise<SourceLoader> | undefined;
  const loader = () => {
    made ??= import('@matinee/ingest').then(({ createLoader }) =>
      createLoader(source, { temporaryFolder, s3 }),
    );
    return made;
  };
  return {
    survey: async (...request) => (await loader()).survey(...request),
    load: async (...request) => (await loader()).load(...request),
  };
}

/** `10` rows or `0.5%` of them. @throws UsageError for anything else. */
export async function parseMaxRejects(text: string): Promise<RejectLimit> {
  return (await import('@matinee/ingest')).parseRejectLimit(text);
}
