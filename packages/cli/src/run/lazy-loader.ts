import type { RejectLimit, SourceLoader } from '@matinee/core';

/** Loads files from a place. What knows about files is loaded only when some are to be read. */
export function lazyLoader(place: string, temporaryFolder?: string): SourceLoader {
  const loader = async () =>
    (await import('@matinee/ingest')).createLoader(place, temporaryFolder ? { temporaryFolder } : {});
  return {
    survey: async (sources) => (await loader()).survey(sources),
    load: async (request) => (await loader()).load(request),
  };
}

/** `10` rows or `0.5%` of them. @throws UsageError for anything else. */
export async function parseMaxRejects(text: string): Promise<RejectLimit> {
  return (await import('@matinee/ingest')).parseRejectLimit(text);
}
