import { build, type BuildOptions as CoreBuildOptions, type RunResult } from '@matinee/core';
import type { Context } from '../context.js';
import type { BuildOptions } from '../options/build-options.js';
import type { OpenProject } from '../workspace/open-project.js';
import { resourcesOf } from './core-options.js';
import { attachDeferred } from './defer.js';

/** Builds from the files that options name, in the time they allow, and reads from the target that is deferred to. */
export async function buildWithResources(
  context: Context,
  project: OpenProject,
  options: BuildOptions,
  run: CoreBuildOptions,
): Promise<RunResult> {
  const defer = await attachDeferred(context, project, run.warehouse, {
    ...options,
    onWait: (holder, place) => run.onEvent?.({ type: 'waiting', place, holder }),
  });
  const resources = await resourcesOf(options, project, { warehouse: run.warehouse, env: context.env });
  return build({ ...run, ...resources, ...(defer && { defer }) });
}
