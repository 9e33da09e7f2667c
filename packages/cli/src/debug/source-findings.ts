import { ErrorList, type Project, type RunEvent, Source } from '@matinee/core';
import type { Settings } from '../options/settings.js';
import { formatBytes } from '../output/numbers.js';
import { type LoaderResources, lazyLoader } from '../run/lazy-loader.js';
import { type Finding, failedFinding } from './finding.js';

/** The delivered files: whether they are there, and in which shape. */
export async function* sourceFindings(
  settings: Settings,
  project: Project,
  loading: LoaderResources,
  onEvent: (event: RunEvent) => void,
): AsyncGenerator<Finding> {
  const sources = [...project.nodes.values()]
    .map(({ declaration }) => declaration)
    .filter((declaration) => declaration instanceof Source);
  if (sources.length === 0) return;
  const loader = lazyLoader(settings, loading);
  if (!loader) {
    const todo = 'give --source PLACE, set MATINEE_SOURCE or write source into matinee.config.ts';
    yield { ok: false, what: 'source', found: 'none is named', todo };
    return;
  }
  try {
    const { place, files } = await loader.survey(sources, [], undefined, {
      onProgress: (progress) => onEvent({ type: 'survey_progress', progress }),
      onStoreRetry: (retry) => onEvent({ type: 'store_retry', retry }),
    });
    yield { ok: true, what: 'source', found: place };
    for (const { path, source, shape, bytes } of files) {
      yield { ok: true, what: '', found: `${source}: ${path}, ${shape}, ${formatBytes(bytes)}` };
    }
  } catch (error) {
    const errors = error instanceof ErrorList ? error.errors : [error];
    for (const single of errors) yield failedFinding('source', project.root, single);
  }
}
