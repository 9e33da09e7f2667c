import {
  ErrorList,
  isBad,
  type MatineeError,
  type NodeResult,
  type RunResult,
  type TestResult,
  type UnitTestResult,
} from '@matinee/core';
import type { Colors } from '../output/colors.js';
import { detailLines, errorLines } from '../output/errors.js';
import { staleText } from '../output/freshness-lines.js';
import { formatCount, plural } from '../output/numbers.js';
import { printable } from '../output/printable.js';
import { summaryLine } from '../output/run-summary.js';
import { type TestPlaces, testDetails } from '../output/test-details.js';
import { type RepeatedOptions, retryCommand } from './retry-command.js';

export interface ReportOptions {
  readonly colors: Colors;
  readonly places: TestPlaces;
  readonly repeated: RepeatedOptions;
}

type AnyTest = TestResult | UnitTestResult;

/** What is to be read at the end of a run: warnings in short, failures in full, how to run them again, the sum. */
export async function reportRun(result: RunResult, options: ReportOptions): Promise<readonly string[]> {
  const { colors } = options;
  const failures = await failureBlocks(result, options);
  const retry = retryCommand(result, options.repeated);
  return [
    ...warnings(result, options),
    ...rejected(result, options),
    ...stale(result, options),
    ...(failures.length > 0 ? ['', colors.bold(colors.red(plural(failures.length, 'failure')))] : []),
    ...failures.flatMap((block) => ['', ...block]),
    ...(result.error ? ['', ...errorLines(result.error, colors, options.places.root)] : []),
    ...(result.status === 'interrupted' ? ['', interruptedText(result)] : []),
    ...(retry ? ['', `${retryTitle(result)}:  ${colors.bold(retry)}`] : []),
    '',
    summaryLine(result, colors),
  ];
}

function warnings({ tests }: RunResult, { colors, places }: ReportOptions): readonly string[] {
  const warned = tests.filter(({ status }) => status === 'warned');
  if (warned.length === 0) return [];
  const lines = warned.map(
    ({ test, failures }) =>
      `  ${test}: ${plural(failures, 'row')}  ${colors.dim(places.sqlFiles.get(test) ?? '')}`,
  );
  return ['', colors.yellow(`${plural(warned.length, 'test')} warned`), ...lines];
}

/** How many rows the loads put up with, and the command that shows them. */
function rejected({ nodes }: RunResult, { colors }: ReportOptions): readonly string[] {
  const loads = nodes.flatMap(({ load }) => (load && load.rejectedRows > 0 ? [load] : []));
  if (loads.length === 0) return [];
  const rows = loads.reduce((sum, { rejectedRows }) => sum + rejectedRows, 0);
  const command = `npx matinee rejects ${loads.map(({ source }) => source).join(' ')}`;
  return ['', `${colors.yellow(`${plural(rows, 'row')} rejected`)}  ${colors.dim(command)}`];
}

/** Sources that are older than they say they may be. */
function stale({ freshness }: RunResult, { colors }: ReportOptions): readonly string[] {
  const found = freshness.filter(({ status }) => status !== 'pass');
  if (found.length === 0) return [];
  const title = found.length === 1 ? '1 source is not fresh' : `${found.length} sources are not fresh`;
  return ['', colors.yellow(title), ...found.map((one) => `  ${one.source}: ${staleText(one)}`)];
}

/** One block for each failing node with its tests, then the failing tests that no failing node answers for. */
async function failureBlocks(
  { nodes, tests, unitTests }: RunResult,
  { colors, places }: ReportOptions,
): Promise<readonly (readonly string[])[]> {
  const failing: readonly AnyTest[] = [
    ...tests.filter(({ status }) => isBad(status)),
    ...unitTests.filter(({ status }) => status !== 'passed'),
  ];
  const told = new Set<AnyTest>();
  const blocks: (readonly string[])[] = [];
  for (const node of nodes.filter(({ status }) => status === 'failed')) {
    const own = failing.filter((test) => concerns(test, node));
    const details = [];
    for (const test of own) {
      told.add(test);
      details.push(...(await testDetails(test, withoutPlace(places, node), colors)));
    }
    blocks.push([...nodeLines(node, own.length, colors, places.root), ...details.map((line) => `  ${line}`)]);
  }
  for (const test of failing) if (!told.has(test)) blocks.push(await testDetails(test, places, colors));
  return blocks;
}

/** Tests that stand in the node's own file need no place of their own. */
function withoutPlace(places: TestPlaces, { error }: NodeResult): TestPlaces {
  const locationOf = (test: string) => {
    const location = places.locationOf(test);
    return location?.file === error?.location?.file ? undefined : location;
  };
  return { ...places, locationOf };
}

/** Whether a node failed because of a test: its name stands in the node's error. */
function concerns(test: AnyTest, { node, error }: NodeResult): boolean {
  if ('model' in test) return test.model === node;
  return test.owner === node || error?.message.includes(test.test) === true;
}

function nodeLines(node: NodeResult, failingTests: number, colors: Colors, root: string): readonly string[] {
  const { error } = node;
  const title = `${colors.bold(`${node.schema}.${node.node}`)}  ${colors.dim(error?.code ?? '')}`;
  if (!error) return [title];
  // The error of failing tests only names them; they are told in full below.
  const text = failingTests > 0 ? `${plural(failingTests, 'test')} failed` : textOf(error, node);
  if (error instanceof ErrorList)
    return [
      title,
      ...error.errors.flatMap((single) => errorLines(single, colors, root)).map((line) => `  ${line}`),
    ];
  return [
    title,
    ...[...text.split('\n').map(printable), ...detailLines(error, colors, root)].map((line) => `  ${line}`),
  ];
}

/** The message without the node's name in front, which stands in the line above. */
function textOf({ message }: MatineeError, { node }: NodeResult): string {
  return message.startsWith(`${node}: `) ? message.slice(node.length + 2) : message;
}

function retryTitle({ status }: RunResult): string {
  return status === 'interrupted' ? 'Run the rest' : 'Run again what failed';
}

function interruptedText({ nodes }: RunResult): string {
  const published = nodes.filter(({ status }) => status === 'ok').map(({ node }) => node);
  if (published.length === 0) return 'Nothing was published before the interruption; all is as it was.';
  return `Published before the interruption, and complete: ${published.join(', ')} (${formatCount(published.length)} of ${nodes.length}). The rest is as it was.`;
}
