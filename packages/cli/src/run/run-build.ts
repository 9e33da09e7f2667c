import { build } from '@matinee/core';
import type { Context } from '../context.js';
import type { BuildOptions } from '../options/build-options.js';
import { type BuildJob, buildModeOf, resourcesOf } from './core-options.js';
import { attachDeferred } from './defer.js';
import { executeRun } from './execute-run.js';

/** Builds what the options select, as a command has it built. @returns the exit code. */
export async function runBuild(context: Context, options: BuildOptions, job: BuildJob): Promise<number> {
  return executeRun(context, options, {
    command: job.command,
    mustExist: false,
    run: async (common, project) => {
      const defer = await attachDeferred(context, project, common.warehouse, {
        ...options,
        onWait: (holder, place) => common.onEvent?.({ type: 'waiting', place, holder }),
      });
      const resources = await resourcesOf(options, project);
      return build({ ...common, ...buildModeOf(options, job), ...resources, ...(defer && { defer }) });
    },
  });
}
