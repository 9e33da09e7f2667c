import {
  type RunOptions as CoreRunOptions,
  type Dag,
  isRelationNode,
  type ProjectNode,
  projectTests,
  type RunResult,
  type SourceLocation,
  selectNodes,
  type Warehouse,
} from '@matinee/core';
import type { Context } from '../context.js';
import type { RunOptions } from '../options/common.js';
import { type OpenProject, openProject } from '../workspace/open-project.js';
import { coreRunOptions } from './core-options.js';
import { HumanReporter } from './human-reporter.js';
import { jsonReporter } from './json-reporter.js';
import { openWarehouse } from './open-warehouse.js';
import { publishCopy } from './publish-copy.js';
import { reportRun } from './report-run.js';
import type { Reporter } from './reporter.js';
import type { RepeatedOptions } from './retry-command.js';
import { writeTestSql } from './write-test-sql.js';

export interface RunJob {
  /** The command as people know it. */
  readonly command: string;
  /** Whether a warehouse that is not there yet is an error. */
  readonly mustExist: boolean;
  /** @returns undefined if there turned out to be nothing to run. */
  run(options: CoreRunOptions, project: OpenProject): Promise<RunResult | undefined>;
}

/**
 * Opens project and warehouse, runs a job with its progress shown, says how it came out and publishes a copy for readers
 * where the target has one.
 *
 * @returns the exit code.
 */
export async function executeRun(
  context: Context,
  options: RunOptions & RepeatedOptions,
  job: RunJob,
): Promise<number> {
  const project = await openProject(context, options);
  const selected = selectNodes(project.dag, options.select, options.exclude);
  const reporter = createReporter(context, project, selected, options);
  context.interrupts.catchFirst(() => reporter.interrupting());
  try {
    const warehouse = await openWarehouse(context, project, {
      ...options,
      readOnly: false,
      mustExist: job.mustExist,
      onWait: (holder) => reporter.event({ type: 'waiting', place: project.settings.place, holder }),
    });
    try {
      return await runJob(job, { context, project, options, warehouse, reporter });
    } finally {
      await warehouse.close();
    }
  } finally {
    reporter.close();
  }
}

interface JobSite {
  readonly context: Context;
  readonly project: OpenProject;
  readonly options: RunOptions;
  readonly warehouse: Warehouse;
  readonly reporter: Reporter;
}

async function runJob(
  job: RunJob,
  { context, project, options, warehouse, reporter }: JobSite,
): Promise<number> {
  const common = coreRunOptions(context, project, options, warehouse, job.command);
  const result = await job.run({ ...common, onEvent: (event) => reporter.event(event) }, project);
  if (!result) return 0;
  await reporter.finish(result);
  if (context.terminal.json) writeTestSql(project.root, result);
  await publishCopy(result, warehouse, project.settings, reporter, context.interrupts.signal);
  if (result.status === 'interrupted') return context.interrupts.exitCode;
  return result.status === 'ok' ? 0 : 1;
}

function createReporter(
  { terminal }: Context,
  { dag, names, root }: OpenProject,
  selected: ReadonlySet<string>,
  repeated: RepeatedOptions,
): Reporter {
  if (terminal.json) return jsonReporter(terminal, root);
  const nameOf = (node: string) => `${names.schema(dag.project.get(node).schema)}.${node}`;
  return new HumanReporter({
    terminal,
    root,
    nameOf,
    nameWidthOf: (command) => {
      const lengths = linedUp(command, dag, selected, nameOf).map((name) => name.length);
      return Math.min(60, Math.max(20, ...lengths));
    },
    now: () => new Date(),
    report: async (result, print) => {
      const places = { root, sqlFiles: writeTestSql(root, result), locationOf: testLocations(dag) };
      for (const line of await reportRun(result, { colors: terminal.colors, places, repeated })) print(line);
    },
  });
}

/** The names that the lines of a run begin with. */
function linedUp(
  command: string,
  dag: Dag,
  selected: ReadonlySet<string>,
  nameOf: (node: string) => string,
): readonly string[] {
  if (command === 'test') {
    const tests = projectTests(dag.project, dag).filter(({ owner }) => selected.has(owner));
    return tests.map(({ name }) => name);
  }
  return [...selected].filter((name) => isRelationNode(dag.project.get(name))).map(nameOf);
}

/** Where tests are declared, by name: generic tests with their relation. */
function testLocations(dag: Dag): (test: string) => Partial<SourceLocation> | undefined {
  const nodes: readonly ProjectNode[] = [...dag.project.nodes.values()];
  const places = new Map(nodes.map(({ name, declaration }) => [name, declaration.location]));
  for (const { name, location } of projectTests(dag.project, dag)) places.set(name, location);
  return (test) => places.get(test);
}
