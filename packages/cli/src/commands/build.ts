import { testPublished } from '@matinee/core';
import { Command } from 'commander';
import type { Context, Finish } from '../context.js';
import {
  type BuildOptions,
  LIMIT_NOTE,
  withAtomic,
  withBackfill,
  withDefer,
  withLimit,
  withLoad,
  withRefresh,
  withSkippedTests,
} from '../options/build-options.js';
import { type RunOptions, withExamples, withRun } from '../options/common.js';
import type { BuildJob } from '../run/core-options.js';
import { executeRun } from '../run/execute-run.js';
import { runBuild } from '../run/run-build.js';
import { loadCommand } from './load.js';

const JOBS = {
  build: { command: 'build' },
  run: { command: 'run', kinds: ['model'], withoutTests: true },
  seed: { command: 'seed', kinds: ['seed'] },
  snapshot: { command: 'snapshot', kinds: ['snapshot'] },
} as const satisfies Record<string, BuildJob>;

/** `matinee build`: everything, in the order of the DAG. */
export function buildCommand(context: Context, finish: Finish): Command {
  const command = new Command('build')
    .description('load, build and test the selected nodes in the order of the DAG')
    .action(action(context, finish, JOBS.build));
  return withExamples(
    withBackfill(withLimit(withDefer(withAtomic(withSkippedTests(withRefresh(withLoad(withRun(command)))))))),
    {
      'matinee build': 'everything that changed',
      "matinee build --select 'src_ratings+'": 'one node and all that is made of it',
      'matinee build --select package:models-audience': 'one package on what others have published',
      'matinee build --select int_x --defer prod': 'one node, on what stands in target prod',
      'matinee build --vars \'{"since":null}\'': 'with another value of a variable',
      'matinee build --full-refresh': 'everything, changed or not',
      'matinee build --from 2020-01-01 --to 2020-02-01': 'models in microbatches, that month again',
      'matinee build --sample 1%': 'with a hundredth of the rows',
      'matinee build --atomic': 'all of it at once, or nothing',
    },
    `A node is built beside the published one, tested, and published if no test fails.\n\n${LIMIT_NOTE}`,
  );
}

/** The commands that build only nodes of a kind; and `test`. */
export function partialBuildCommands(context: Context, finish: Finish): readonly Command[] {
  return [
    loadCommand(context, finish),
    withExamples(
      withLimit(withDefer(withRefresh(withRun(new Command('run')))))
        .description('build the selected models without testing them')
        .action(action(context, finish, JOBS.run)),
      {
        'matinee run --select int_x': 'one model',
        'matinee run --select int_x --defer prod': 'one model, on what stands in target prod',
      },
      `Models only, and none of their tests: what is wrong with their rows is published too. The next
matinee build tests them.\n\n${LIMIT_NOTE}`,
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
        .action(action(context, finish, JOBS.seed)),
      { 'matinee seed': 'all seeds' },
    ),
    withExamples(
      withRun(new Command('snapshot'))
        .description('update and test the selected snapshots')
        .action(action(context, finish, JOBS.snapshot)),
      { 'matinee snapshot': 'all snapshots' },
    ),
  ];
}

function action(context: Context, finish: Finish, job: BuildJob): (options: BuildOptions) => Promise<void> {
  return async (options) => finish(await runBuild(context, options, job));
}

async function runTests(context: Context, options: RunOptions): Promise<number> {
  return executeRun(context, options, { command: 'test', mustExist: true, run: testPublished });
}
