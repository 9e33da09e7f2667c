import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InterruptedError, type LoadedSource, type SourceLoader } from '@matinee/core';
import { loadSource } from './load/load-source.js';
import { openPlace } from './places/open-place.js';
import { surveyPlace } from './survey/survey.js';

export interface LoaderOptions {
  /** Where unpacked and rewritten files go; a folder of its own is made there for each load and removed after it. */
  readonly temporaryFolder?: string;
}

/**
 * A loader for the files at a place: the path of a folder, or a `file://` URL of one.
 *
 * @throws UsageError SOURCE_PLACE for places of another kind.
 */
export function createLoader(place: string, options: LoaderOptions = {}): SourceLoader {
  const opened = openPlace(place);
  return {
    survey: (sources) => surveyPlace(opened, sources),
    load: async (request) => {
      const folder = await mkdtemp(join(options.temporaryFolder ?? tmpdir(), 'matinee-load-'));
      try {
        const loaded: LoadedSource[] = [];
        for (const target of request.targets) {
          if (request.signal?.aborted) throw new InterruptedError();
          loaded.push(await loadSource(opened, request, target, folder));
        }
        return loaded;
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
  };
}
