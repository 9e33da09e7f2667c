import {
  type BuildOptions as CoreBuildOptions,
  type RunOptions as CoreRunOptions,
  UsageError,
  type Warehouse,
} from '@matinee/core';
import type { Context } from '../context.js';
import type { BuildOptions } from '../options/build-options.js';
import type { RunOptions } from '../options/common.js';
import type { OpenProject } from '../workspace/open-project.js';
import { type LoaderResources, lazyLoader, parseMaxRejects } from './lazy-loader.js';

/** What is special about a command that builds. */
export type BuildJob = Pick<CoreBuildOptions, 'kinds' | 'withoutTests'> & { readonly command: string };

/** What every run takes from options and settings. */
export function coreRunOptions(
  { interrupts }: Context,
  { dag, settings, variables }: OpenProject,
  options: RunOptions,
  warehouse: Warehouse,
  command: string,
): CoreRunOptions {
  const { target, targetName, threads, onRunStart, onRunEnd } = settings;
  return {
    dag,
    warehouse,
    command,
    target: targetName,
    ...(options.select && { select: options.select }),
    ...(options.exclude && { exclude: options.exclude }),
    variables,
    ...(target.schemaPrefix !== undefined && { schemaPrefix: target.schemaPrefix }),
    ...(threads !== undefined && { threads }),
    failFast: options.failFast ?? false,
    storeFailures: options.storeFailures ?? false,
    onRunStart,
    onRunEnd,
    signal: interrupts.signal,
  };
}

/** How what is selected is built: what a retry takes over from the run before. */
export function buildModeOf(
  options: BuildOptions,
  { kinds, withoutTests = false }: BuildJob,
): Partial<CoreBuildOptions> {
  const { fullRefresh = false, skipTests = false, atomic = false, empty = false, sample } = options;
  const { from, to, prune = false } = options;
  if (to !== undefined && from === undefined)
    throw new UsageError('USAGE', '--to needs --from.', {
      hint: 'Say from when on: --from 2020-01-01 --to 2020-02-01.',
    });
  if (from !== undefined && to !== undefined && from >= to)
    throw new UsageError('USAGE', `--from ${from} is not before --to ${to}.`, {
      hint: 'The time from --from on is computed anew, up to --to and without it.',
    });
  return {
    ...(kinds && { kinds }),
    withoutTests: withoutTests || skipTests,
    fullRefresh,
    atomic,
    prune,
    ...(empty && { limit: { type: 'empty' } }),
    ...(sample !== undefined && { limit: { type: 'sample', share: sample } }),
    ...(from !== undefined && { window: { from, to } }),
  };
}

/** Where files come from, and how long a node may take. @throws UsageError for a limit of rejects that is none. */
export async function resourcesOf(
  { maxRejects }: BuildOptions,
  { settings }: OpenProject,
  loading: LoaderResources,
): Promise<Partial<CoreBuildOptions>> {
  const { nodeTimeout } = settings;
  const loader = lazyLoader(settings, loading);
  return {
    ...(nodeTimeout !== undefined && { nodeTimeout }),
    ...(maxRejects !== undefined && { maxRejects: await parseMaxRejects(maxRejects) }),
    ...(loader && { loader }),
  };
}
