import { build, type NodeKind, testPublished } from '@matinee/core';
import { Command } from 'commander';
import type { Context, Finish } from '../context.js';
import {
  type BuildOptions,
  type RunOptions,
  withExamples,
  withLoad,
  withRefresh,
  withRun,
  withSkippedTests,
} from '../options/common.js';
import { executeRun } from '../run/execute-run.js';
import { lazyLoader, parseMaxRejects } from '../run/lazy-loader.js';

interface BuildJob {
  readonly command: string;
  readonly kinds?: readonly NodeKind[];
  readonly withoutTests?: boolean;
}

/** The commands that build: all of it, or only nodes of a kind; and `test`. */
export function buildCommands(context: Context, finish: Finish): readonly Command[] {
  const action = (job: BuildJob) => async (options: BuildOptions) =>
    finish(await runBuild(context, options, job));
  return [
    withExamples(
      withSkippedTests(withRefresh(withLoad(withRun(new Command('build')))))
        .description('load, build and test the selected nodes in the order of the DAG')
        .action(action({ command: 'build' })),
      {
        'matinee build': 'everything that changed',
        "matinee build --select 'src_ratings+'": 'one node and all that is made of it',
        'matinee build --select package:models-audience': 'one package on what others have published',
        'matinee build --vars \'{"since":null}\'': 'with another value of a variable',
        'matinee build --full-refresh': 'everything, changed or not',
      },
      'A node is built beside the published one, tested, and published if no test fails.',
    ),
    withExamples(
      withLoad(withRun(new Command('load')))
        .description('load the raw tables of the selected sources, and the published views over them')
        .action(action({ command: 'load', kinds: ['source'] })),
      {
        'matinee load --source ./ml-latest': 'from a folder',
        'matinee load --max-rejects 0.1%': 'put up with a broken row in a thousand',
      },
    ),
    withExamples(
      withRefresh(withRun(new Command('run')))
        .description('build the selected models without testing them')
        .action(action({ command: 'run', kinds: ['model'], withoutTests: true })),
      { 'matinee run --select int_x': 'one model' },
      'Models only, and none of their tests: what is wrong with their rows is published too. The next\nmatinee build tests them.',
    ),
    withExamples(
      withRun(new Command('test'))
        .description('run data tests on what is published, and unit tests')
        .action(async (options: RunOptions) => finish(await runTests(context, options))),
      {
        'matinee test': 'all tests',
        'matinee test --select src_movies': 'the tests of one node',
        'matinee test --select kind:unit_test': 'unit tests only',
        'matinee test --store-failures': 'keep the failing rows in schema _matinee_failures',
      },
    ),
    withExamples(
      withRefresh(withRun(new Command('seed')))
        .description('build and test the selected seeds')
        .action(action({ command: 'seed', kinds: ['seed'] })),
      { 'matinee seed': 'all seeds' },
    ),
    withExamples(
      withRun(new Command('snapshot'))
        .description('update and test the selected snapshots')
        .action(action({ command: 'snapshot', kinds: ['snapshot'] })),
      { 'matinee snapshot': 'all snapshots' },
    ),
  ];
}

async function runBuild(context: Context, options: BuildOptions, job: BuildJob): Promise<number> {
  const maxRejects = options.maxRejects === undefined ? undefined : await parseMaxRejects(options.maxRejects);
  return executeRun(context, options, {
    command: job.command,
    mustExist: false,
    run: (common, { settings }) =>
      build({
        ...common,
        ...(job.kinds && { kinds: job.kinds }),
        withoutTests: (job.withoutTests || options.skipTests) ?? false,
        fullRefresh: options.fullRefresh ?? false,
        ...(maxRejects && { maxRejects }),
        ...(settings.source !== undefined && {
          loader: lazyLoader(settings.source, settings.target.temporaryFolder),
        }),
      }),
  });
}

async function runTests(context: Context, options: RunOptions): Promise<number> {
  return executeRun(context, options, { command: 'test', mustExist: true, run: testPublished });
}
