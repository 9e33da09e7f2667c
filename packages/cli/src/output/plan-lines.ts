import {
  countPlan,
  countTests,
  type Fate,
  type PlannedNode,
  type TestCounts,
} from '../planning/planned-node.js';
import type { Colors } from './colors.js';
import { alignColumns } from './columns.js';
import { diffLines } from './diff-lines.js';
import { formatCount, plural } from './numbers.js';

export interface PlanText {
  readonly nodes: readonly PlannedNode[];
  readonly downstream: readonly string[];
  readonly deferred: readonly string[];
  /** The name of the target that is deferred to. */
  readonly deferTo: string | undefined;
  /** Where it would be built. */
  readonly place: string;
  /** List reused nodes one by one. */
  readonly all: boolean;
}

/** A plan for people: a line for each node with something to do, what has changed below it, and the sum. */
export async function planLines(plan: PlanText, colors: Colors): Promise<readonly string[]> {
  const { nodes, downstream, deferred, deferTo, place, all } = plan;
  const { dim, yellow } = colors;
  const shown = nodes.filter(({ fate }) => all || fate !== 'reuse');
  const lines = alignColumns(
    shown.map((node) => cellsOf(node, colors)),
    Number.POSITIVE_INFINITY,
  );
  const blocks = await Promise.all(
    shown.map(async (node, index) => [lines[index] ?? '', ...(await changes(node, colors))]),
  );
  const reused = nodes.length - shown.length;
  const isIdle = nodes.every(({ fate }) => fate === 'reuse');
  return withoutDoubleBlanks([
    dim(`${plural(nodes.length, 'node')} in ${place}`),
    ...blocks.flat(),
    ...(reused > 0 && !isIdle ? [dim(`${reusedText(reused)} (--all lists them)`)] : []),
    ...(downstream.length > 0
      ? ['', yellow(`Not selected, but their inputs may change: ${downstream.join(', ')}`)]
      : []),
    ...(deferred.length > 0 ? ['', dim(`Read from target ${deferTo}: ${deferred.join(', ')}`)] : []),
    '',
    planSummary(nodes, colors),
  ]);
}

function reusedText(count: number): string {
  return `${plural(count, 'node')} ${count === 1 ? 'is' : 'are'} reused`;
}

function withoutDoubleBlanks(lines: readonly string[]): readonly string[] {
  return lines.filter((line, index) => line !== '' || lines[index - 1] !== '');
}

/** `3 to build, 2 maybe, 19 reused; 34 to 40 tests` */
export function planSummary(nodes: readonly PlannedNode[], { green, bold }: Colors): string {
  const { build, maybe, tests, reuse } = countPlan(nodes);
  if (nodes.length === 0) return 'Nothing to do: nothing that is selected is built.';
  if (build + maybe + tests === 0) return green(`Nothing to do: ${reusedText(reuse)}`);
  const counts = [
    `${formatCount(build)} to build`,
    ...(maybe > 0 ? [`${formatCount(maybe)} maybe`] : []),
    ...(tests > 0 ? [`${formatCount(tests)} only tested`] : []),
    `${formatCount(reuse)} reused`,
  ];
  return bold(`${counts.join(', ')}; ${testsText(countTests(nodes)) || 'no tests'}`);
}

function cellsOf(node: PlannedNode, colors: Colors): readonly string[] {
  const { fate, reason, materialized, tests } = node;
  const color = COLORS[fate];
  return [
    colors[color](verbOf(node)),
    `${colors.dim(`${node.schema}.`)}${node.node}`,
    colors.dim(materialized),
    tests.length > 0 ? testsText(countTests([node])) : '',
    fate === 'build' ? reason : colors.dim(reason),
  ];
}

const COLORS = { build: 'green', maybe: 'yellow', tests: 'cyan', reuse: 'dim' } as const satisfies Record<
  Fate,
  keyof Colors
>;

function verbOf({ fate, action, tests }: PlannedNode): string {
  if (fate === 'reuse') return 'reuse';
  if (fate === 'tests') return tests.some(({ runs }) => runs === 'always') ? 'test' : 'maybe test';
  return fate === 'maybe' ? `maybe ${action}` : action;
}

/** `5 tests`, `3 to 5 tests`, `up to 5 tests`; empty for none. */
function testsText({ run, maybe }: TestCounts): string {
  if (run + maybe === 0) return '';
  if (maybe === 0) return plural(run, 'test');
  return `${run === 0 ? 'up to' : `${formatCount(run)} to`} ${plural(run + maybe, 'test')}`;
}

const TITLES = { sql: 'SQL', contract: 'contract', configuration: 'configuration' };

/** What of a node's code is another than what is published, text by text. */
async function changes({ causes }: PlannedNode, colors: Colors): Promise<readonly string[]> {
  const texts = await Promise.all(
    causes.map(async (cause) => {
      if (!('before' in cause)) return [];
      const lines = await diffLines(cause.before, cause.after, colors);
      return ['', `  ${colors.bold(TITLES[cause.type])}`, ...lines.map((line) => `  ${line}`)];
    }),
  );
  const lines = texts.flat();
  return lines.length > 0 ? [...lines, ''] : [];
}
