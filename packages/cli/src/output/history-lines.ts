import type { PastNodeResult, PastRun } from '@matinee/core';
import type { Colors } from './colors.js';
import { alignColumns } from './columns.js';
import { formatSeconds, plural } from './numbers.js';

/** Past runs, one a line under a head; times are UTC. */
export function runHistoryLines(runs: readonly PastRun[], colors: Colors): readonly string[] {
  const head = ['STARTED (UTC)', 'COMMAND', 'TARGET', 'STATUS', 'TOOK', 'NODES', ''];
  return alignColumns(
    [
      head.map((title) => colors.dim(title)),
      ...runs.map((run) => [
        timeOf(run.startedAt),
        run.command,
        run.target ?? '',
        colored(run.status, colors),
        run.seconds === null ? '' : formatSeconds(run.seconds),
        nodesText(run),
        run.testsFailed > 0 ? colors.red(`${plural(run.testsFailed, 'test')} failed`) : '',
      ]),
    ],
    Number.POSITIVE_INFINITY,
  );
}

/** What runs did with one node, a line each under a head. */
export function nodeHistoryLines(results: readonly PastNodeResult[], colors: Colors): readonly string[] {
  const head = ['STARTED (UTC)', 'ACTION', 'STATUS', 'ROWS', '', 'TOOK', 'WHY'];
  return alignColumns(
    [
      head.map((title) => colors.dim(title)),
      ...results.map((result) => [
        timeOf(result.startedAt),
        result.action,
        colored(result.status, colors),
        result.rows === null ? '' : plural(result.rows, 'row'),
        colors.dim(changeText(result)),
        formatSeconds(result.seconds),
        result.message === null ? colors.dim(result.reason) : firstLine(result.message),
      ]),
    ],
    Number.POSITIVE_INFINITY,
  );
}

/** `2026-01-02 12:30:05` of a time with fractions. */
function timeOf(timestamp: string): string {
  return timestamp.slice(0, 19);
}

function nodesText({ command, built, reused, failed, skipped }: PastRun): string {
  if (command === 'test') return '';
  return `${built} built, ${reused} reused, ${failed} failed, ${skipped} skipped`;
}

function changeText({ status, rowsChanged }: PastNodeResult): string {
  if (status !== 'ok' || rowsChanged === null) return '';
  return rowsChanged ? 'changed' : 'same';
}

function colored(status: string, { green, red, yellow, cyan, dim }: Colors): string {
  switch (status) {
    case 'ok':
      return green(status);
    case 'failed':
    case 'killed':
      return red(status);
    case 'interrupted':
      return yellow(status);
    case 'reused':
      return cyan(status);
    default:
      return dim(status);
  }
}

function firstLine(text: string): string {
  return text.split('\n')[0] ?? '';
}
