import type { Context } from '../context.js';
import type { BuildOptions } from '../options/build-options.js';
import { buildWithResources } from './build-with-resources.js';
import { type BuildJob, buildModeOf } from './core-options.js';
import { executeRun } from './execute-run.js';

/** Builds what the options select, as a command has it built. @returns the exit code. */
export async function runBuild(context: Context, options: BuildOptions, job: BuildJob): Promise<number> {
  return executeRun(context, options, {
    command: job.command,
    mustExist: false,
    run: (common, project) =>
      buildWithResources(context, project, options, { ...common, ...buildModeOf(options, job) }),
  });
}
