import {
  type RunOptions as CoreRunOptions,
  type Dag,
  isRelationNode,
  type ProjectNode,
  projectTests,
  type RunResult,
  type SourceLocation,
  selectNodes,
} from '@matinee/core';
import type { Context } from '../context.js';
import type { RunOptions } from '../options/common.js';
import { type OpenProject, openProject } from '../workspace/open-project.js';
import { HumanReporter } from './human-reporter.js';
import { jsonReporter } from './json-reporter.js';
import { openWarehouse } from './open-warehouse.js';
import { reportRun } from './report-run.js';
import type { Reporter } from './reporter.js';
import type { RepeatedOptions } from './rerun-command.js';
import { writeTestSql } from './write-test-sql.js';

export interface RunJob {
  /** The command as people know it. */
  readonly command: string;
  /** Whether a warehouse that is not there yet is an error. */
  readonly mustExist: boolean;
  run(options: CoreRunOptions, project: OpenProject): Promise<RunResult>;
}

const EXIT_CODES = { ok: 0, failed: 1, interrupted: 130 } as const;

/** Opens project and warehouse, runs a job with its progress shown, and says how it came out. @returns the exit code. */
export async function executeRun(
  context: Context,
  options: RunOptions & RepeatedOptions,
  job: RunJob,
): Promise<number> {
  const project = await openProject(context, options);
  const { settings, dag, root, variables } = project;
  const selected = selectNodes(dag, options.select, options.exclude);
  const reporter = createReporter(context, project, linedUp(job, project, selected), options);
  context.interrupts.catchFirst(() => reporter.interrupting());
  try {
    const warehouse = await openWarehouse(context, project, {
      ...options,
      readOnly: false,
      mustExist: job.mustExist,
      onWait: (holder) => reporter.event({ type: 'waiting', place: settings.target.path, holder }),
    });
    try {
      const result = await job.run(
        {
          dag,
          warehouse,
          command: job.command,
          ...(options.select && { select: options.select }),
          ...(options.exclude && { exclude: options.exclude }),
          variables,
          failFast: options.failFast ?? false,
          storeFailures: options.storeFailures ?? false,
          ...(settings.target.schemaPrefix !== undefined && { schemaPrefix: settings.target.schemaPrefix }),
          ...(settings.threads !== undefined && { threads: settings.threads }),
          signal: context.interrupts.signal,
          onEvent: (event) => reporter.event(event),
        },
        project,
      );
      await reporter.finish(result);
      if (context.terminal.json) writeTestSql(root, result);
      return EXIT_CODES[result.status];
    } finally {
      await warehouse.close();
    }
  } finally {
    reporter.close();
  }
}

function createReporter(
  { terminal }: Context,
  { dag, names, root }: OpenProject,
  lineNames: readonly string[],
  repeated: RepeatedOptions,
): Reporter {
  if (terminal.json) return jsonReporter(terminal, root);
  const nameOf = (node: string) => `${names.schema(dag.project.get(node).schema)}.${node}`;
  return new HumanReporter({
    terminal,
    root,
    nameOf,
    nameWidth: Math.min(60, Math.max(20, ...lineNames.map((name) => name.length))),
    now: () => new Date(),
    report: async (result, print) => {
      const places = { root, sqlFiles: writeTestSql(root, result), locationOf: testLocations(dag) };
      for (const line of await reportRun(result, { colors: terminal.colors, places, repeated })) print(line);
    },
  });
}

/** The names that the lines of a run begin with. */
function linedUp(
  { command }: RunJob,
  { dag, names }: OpenProject,
  selected: ReadonlySet<string>,
): readonly string[] {
  if (command === 'test') {
    const tests = projectTests(dag.project, dag).filter(({ owner }) => selected.has(owner));
    return tests.map(({ name }) => name);
  }
  return [...selected]
    .map((name) => dag.project.get(name))
    .filter(isRelationNode)
    .map(({ name, schema }) => `${names.schema(schema)}.${name}`);
}

/** Where tests are declared, by name: generic tests with their relation. */
function testLocations(dag: Dag): (test: string) => Partial<SourceLocation> | undefined {
  const nodes: readonly ProjectNode[] = [...dag.project.nodes.values()];
  const places = new Map(nodes.map(({ name, declaration }) => [name, declaration.location]));
  for (const { name, location } of projectTests(dag.project, dag)) places.set(name, location);
  return (test) => places.get(test);
}
