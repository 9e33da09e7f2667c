import type { RejectedLoad, RejectReason } from '@matinee/core';
import type { Colors } from './colors.js';
import { alignColumns } from './columns.js';
import { formatCount, plural } from './numbers.js';
import { printable } from './printable.js';
import { rowsTable } from './rows-table.js';

/** Lines of a summary; a delivery may have hundreds of files. */
const MOST_REASONS = 20;

const STATES = {
  current: 'which stands in the raw table',
  failed: 'which was not published',
  replaced: 'which was replaced since',
};

/** A block for each load of a source: how many rows of which file for which reason, and the first of them. */
export async function rejectLines(
  loads: readonly RejectedLoad[],
  colors: Colors,
): Promise<readonly string[]> {
  const blocks: string[][] = [];
  for (const load of loads) {
    const { reasons, samples, rows } = load;
    const table = await rowsTable(
      samples.map(({ file, line, column, reason, raw }) => ({ file, line, column, reason, raw })),
    );
    const hasMore = samples.length < rows;
    blocks.push([
      ...titleLines(load, colors),
      ...reasonLines(reasons, colors),
      table,
      ...(hasMore ? [colors.dim(`the first ${formatCount(samples.length)} of them (--limit N)`)] : []),
    ]);
  }
  return blocks.flatMap((lines, index) => (index === 0 ? lines : ['', ...lines]));
}

function titleLines(
  { source, loadId, startedAt, state, rows }: RejectedLoad,
  colors: Colors,
): readonly string[] {
  const time = startedAt === null ? '' : ` of ${startedAt.slice(0, 19)} UTC`;
  const what = `${plural(rows, 'row')} rejected by the load${time}, ${STATES[state]}`;
  const color = state === 'failed' ? colors.red : colors.yellow;
  return [`${colors.bold(source)}  ${color(what)}`, colors.dim(`  load ${loadId}`)];
}

function reasonLines(reasons: readonly RejectReason[], colors: Colors): readonly string[] {
  const lines = reasons
    .slice(0, MOST_REASONS)
    .map(({ file, column, reason, rows }) => [
      `  ${printable(file)}`,
      colors.bold(printable(column ?? '')),
      printable(reason),
      plural(rows, 'row'),
    ]);
  const more = reasons.slice(MOST_REASONS);
  const moreRows = more.reduce((sum, { rows }) => sum + rows, 0);
  return [
    ...alignColumns(lines, Number.POSITIVE_INFINITY),
    ...(more.length > 0
      ? [colors.dim(`  … and ${plural(moreRows, 'row')} for ${plural(more.length, 'reason')} more`)]
      : []),
  ];
}
