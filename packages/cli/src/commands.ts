import type { Command } from 'commander';
import type { Context, Finish } from './context.js';

/** Commands that are declared in one file. */
export interface CommandFile {
  /** Under which they are called, aliases included. */
  readonly names: readonly string[];
  load(context: Context, finish: Finish): Promise<readonly Command[]>;
}

/**
 * All commands, in the order of the help. Each is loaded when it is called, together with what it needs alone: loading all of
 * them takes a third longer.
 */
export const COMMANDS: readonly CommandFile[] = [
  {
    names: ['plan'],
    load: async (context) => [(await import('./commands/plan.js')).planCommand(context)],
  },
  {
    names: ['build'],
    load: async (context, finish) => [(await import('./commands/build.js')).buildCommand(context, finish)],
  },
  {
    names: ['retry'],
    load: async (context, finish) => [(await import('./commands/retry.js')).retryCommand(context, finish)],
  },
  {
    names: ['load', 'run', 'test', 'seed', 'snapshot'],
    load: async (context, finish) =>
      (await import('./commands/build.js')).partialBuildCommands(context, finish),
  },
  {
    names: ['check'],
    load: async (context) => [(await import('./commands/check.js')).checkCommand(context)],
  },
  {
    names: ['compile'],
    load: async (context) => [(await import('./commands/compile.js')).compileCommand(context)],
  },
  {
    names: ['show'],
    load: async (context) => [(await import('./commands/show.js')).showCommand(context)],
  },
  {
    names: ['diff'],
    load: async (context, finish) => [(await import('./commands/diff.js')).diffCommand(context, finish)],
  },
  {
    names: ['verify'],
    load: async (context, finish) => [(await import('./commands/verify.js')).verifyCommand(context, finish)],
  },
  {
    names: ['ls', 'list'],
    load: async (context) => [(await import('./commands/ls.js')).lsCommand(context)],
  },
  {
    names: ['lineage'],
    load: async (context) => [(await import('./commands/lineage.js')).lineageCommand(context)],
  },
  {
    names: ['export'],
    load: async (context) => [(await import('./commands/export.js')).exportCommand(context)],
  },
  {
    names: ['site'],
    load: async (context) => [(await import('./commands/site.js')).siteCommand(context)],
  },
  {
    names: ['powerbi'],
    load: async (context) => [(await import('./commands/powerbi.js')).powerBiCommand(context)],
  },
  {
    names: ['summary'],
    load: async (context) => [(await import('./commands/summary.js')).summaryCommand(context)],
  },
  {
    names: ['history'],
    load: async (context) => [(await import('./commands/history.js')).historyCommand(context)],
  },
  {
    names: ['rejects'],
    load: async (context) => [(await import('./commands/rejects.js')).rejectsCommand(context)],
  },
  {
    names: ['freshness'],
    load: async (context, finish) => [
      (await import('./commands/freshness.js')).freshnessCommand(context, finish),
    ],
  },
  {
    names: ['debug'],
    load: async (context, finish) => [(await import('./commands/debug.js')).debugCommand(context, finish)],
  },
  {
    names: ['bootstrap'],
    load: async (context) => [(await import('./commands/bootstrap.js')).bootstrapCommand(context)],
  },
  {
    names: ['gc'],
    load: async (context) => [(await import('./commands/gc.js')).gcCommand(context)],
  },
  {
    names: ['clean'],
    load: async (context) => [(await import('./commands/clean.js')).cleanCommand(context)],
  },
];
