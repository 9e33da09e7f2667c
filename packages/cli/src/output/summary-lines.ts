import type { PublishedNode, Summary } from '../summary/read-summary.js';
import type { Suggestion } from '../summary/suggestions.js';
import type { Colors } from './colors.js';
import { alignColumns } from './columns.js';
import { ENGINES } from './engine-names.js';
import { formatBytes, formatCount, formatSeconds, plural } from './numbers.js';
import { relativeTo } from './to-json.js';

/** A summary to be enjoyed: the tables of each package, the tests, where it all is and what to try. */
export function summaryLines(
  { nodes, tests, place, engine, bytes, target }: Summary,
  suggestions: readonly Suggestion[],
  colors: Colors,
  root: string,
): readonly string[] {
  const { bold, dim, green, red, yellow, cyan } = colors;
  const rows = nodes.reduce((sum, node) => sum + (node.materialized === 'view' ? 0 : node.rows), 0);
  const columns = alignColumns(
    nodes.map((node) => cellsOf(node, nodes, colors)),
    Number.POSITIVE_INFINITY,
  );
  const packages = [...new Set(nodes.map((node) => node.package))];
  const blocks = packages.flatMap((name) => [
    '',
    bold(name.replace(/^@[^/]+\//, '')),
    ...columns.filter((_, index) => nodes[index]?.package === name).map((line) => `  ${line}`),
  ]);
  const results = [
    green(`✓ ${plural(tests.passed, 'test')} passed`),
    ...(tests.warned > 0 ? [yellow(`${formatCount(tests.warned)} warned`)] : []),
    ...(tests.failed > 0 ? [red(`✗ ${formatCount(tests.failed)} failed`)] : []),
  ];
  const advice = alignColumns(
    suggestions.map(({ command, why }) => [cyan(command), dim(why)]),
    Number.POSITIVE_INFINITY,
  );
  return [
    '',
    bold(
      `The warehouse stands: ${plural(nodes.length, 'table and view', 'tables and views')}, ${plural(rows, 'row')}.`,
    ),
    ...blocks,
    '',
    results.join(', '),
    `  ${relativeTo(root, place)} ${dim(`(${[ENGINES[engine], ...(bytes === undefined ? [] : [formatBytes(bytes)]), `target ${target}`].join(', ')})`)}`,
    '',
    bold('Try next'),
    ...advice.map((line) => `  ${line}`),
    '',
  ];
}

function cellsOf(node: PublishedNode, all: readonly PublishedNode[], { dim }: Colors): readonly string[] {
  const widest = Math.max(...all.map(({ rows }) => formatCount(rows).length));
  return [
    `${dim(`${node.schema}.`)}${node.name}`,
    dim(node.materialized === 'table' && node.kind !== 'model' ? node.kind : node.materialized),
    `${formatCount(node.rows).padStart(widest)} ${node.rows === 1 ? 'row ' : 'rows'}`,
    dim(node.seconds === undefined ? '' : formatSeconds(node.seconds).padStart(6)),
  ];
}
