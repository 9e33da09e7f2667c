import type { NodeResult, TestResult, UnitTestResult } from '@matinee/core';
import type { Colors } from './colors.js';
import { formatCount, formatSeconds, formatTime, plural } from './numbers.js';

export type LineStatus = 'START' | 'OK' | 'FAIL' | 'SKIP' | 'REUSE' | 'WARN' | 'WAIT' | '…';

/** What makes the lines of one run line up. */
export interface LineStyle {
  readonly colors: Colors;
  /** Nodes, or tests where no nodes are built. */
  readonly total: number;
  readonly nameWidth: number;
  readonly now: () => Date;
}

export interface LineParts {
  readonly index?: number;
  readonly name: string;
  readonly kind?: string;
  readonly rows?: string;
  readonly tests?: string;
  readonly seconds?: string;
  readonly note?: string;
}

const KIND_WIDTH = 11;
const ROWS_WIDTH = 15;
const TESTS_WIDTH = 12;
const SECONDS_WIDTH = 8;

/** `12:30:05  OK     5/27  audience.int_user_profiles  table  610 rows   9 tests  0.12s` */
export function runLine(status: LineStatus, parts: LineParts, style: LineStyle): string {
  const { colors, total, nameWidth } = style;
  const width = String(total).length;
  const number = parts.index === undefined ? '' : `${String(parts.index).padStart(width)}/${total}`;
  const cells = [
    colors.dim(formatTime(style.now())),
    `${colorOf(status, colors)(status)}${' '.repeat(5 - status.length)} ${number.padEnd(width * 2 + 1)}`,
    parts.name.padEnd(nameWidth),
    ...(parts.kind === undefined ? [] : [parts.kind.padEnd(KIND_WIDTH)]),
  ];
  const hasCounts = parts.rows !== undefined || parts.tests !== undefined;
  const measures = [
    ...(hasCounts
      ? [(parts.rows ?? '').padStart(ROWS_WIDTH), (parts.tests ?? '').padStart(TESTS_WIDTH)]
      : []),
    (parts.seconds ?? '').padStart(SECONDS_WIDTH),
  ];
  const hasMeasures = hasCounts || parts.seconds !== undefined;
  return [...cells, ...(hasMeasures ? [measures.join('')] : []), ...(parts.note ? [parts.note] : [])]
    .join('  ')
    .trimEnd();
}

function colorOf(status: LineStatus, colors: Colors): (text: string) => string {
  switch (status) {
    case 'OK':
      return colors.green;
    case 'FAIL':
      return (text) => colors.bold(colors.red(text));
    case 'WARN':
    case 'WAIT':
      return colors.yellow;
    case 'REUSE':
      return colors.cyan;
    default:
      return colors.dim;
  }
}

const NODE_STATUS = { ok: 'OK', reused: 'REUSE', failed: 'FAIL', skipped: 'SKIP' } as const;

/** The line of a node that has come out. */
export function nodeLine(result: NodeResult, index: number, style: LineStyle): string {
  const { status, rows, tests, seconds } = result;
  const done = status === 'ok' || status === 'reused';
  const hasRows = done && rows !== undefined && result.materialized !== 'ephemeral';
  const ran = status !== 'skipped' && (status !== 'reused' || seconds >= 0.005);
  return runLine(
    NODE_STATUS[status],
    {
      index,
      name: `${result.schema}.${result.node}`,
      kind: result.materialized,
      ...(done && { rows: hasRows ? plural(rows, 'row') : '' }),
      ...(ran && { tests: testsText(tests), seconds: formatSeconds(seconds) }),
      note: noteOf(result, style.colors),
    },
    style,
  );
}

function testsText({ passed, warned, failed }: NodeResult['tests']): string {
  const total = passed + warned + failed;
  return total === 0 ? '' : plural(total, 'test');
}

/** What is out of the ordinary. */
function noteOf(result: NodeResult, colors: Colors): string {
  const { status, error, reason, load, tests } = result;
  if (status === 'skipped') return colors.dim(reason);
  const failed = tests.failed > 0 ? `${tests.failed} failed` : status === 'failed' ? error?.code : undefined;
  const warned = { warned: tests.warned };
  const rows = load && {
    rejected: load.rejectedRows,
    repeated: load.repeatedRows,
    overruled: load.overruledRows,
  };
  const counts = Object.entries({ ...warned, ...rows }).filter(([, count]) => count > 0);
  return [
    ...(failed ? [colors.red(failed)] : []),
    ...counts.map(([what, count]) => colors.yellow(`${formatCount(count)} ${what}`)),
    ...(status === 'ok' ? howBuilt(result).map((text) => colors.dim(text)) : []),
  ].join(', ');
}

/** How far a node was computed anew, and whether that was for nothing. */
function howBuilt(result: NodeResult): readonly string[] {
  const { action, reason, increment, rowsChanged, goneRows = 0 } = result;
  if (increment?.newRows === 0 && increment.touchedRows > 0) return [goneText(increment.touchedRows)];
  // What came back by other files, as when a delivery has moved, is not gone.
  const gone = goneRows > 0 && rowsChanged !== false ? [goneText(goneRows)] : [];
  if (increment && increment.newRows > 0) return [`${plural(increment.newRows, 'row')} anew`, ...gone];
  // An increment that turned out not to do: the reason ends with why.
  const [, inFull] = /; in full, for ([^;]+)/.exec(reason) ?? [];
  return [
    ...(action === 'create' && inFull ? [`in full: ${inFull}`] : []),
    ...gone,
    ...(rowsChanged === false ? ['same rows'] : []),
  ];
}

function goneText(rows: number): string {
  return `${plural(rows, 'row')} gone`;
}

const TEST_STATUS = {
  passed: 'OK',
  proved: 'OK',
  reused: 'OK',
  skipped: 'SKIP',
  warned: 'WARN',
  failed: 'FAIL',
  errored: 'FAIL',
} as const;

/** The line of a data or unit test: numbered where only tests run, else among the lines of nodes. */
export function testLine(
  result: TestResult | UnitTestResult,
  index: number | undefined,
  style: LineStyle,
): string {
  const status = TEST_STATUS[result.status];
  const seconds = formatSeconds(result.seconds);
  const kind = 'model' in result ? 'unit test' : 'test';
  const outcome = outcomeOf(result);
  if (index !== undefined)
    return runLine(status, { index, name: result.test, kind, seconds, note: outcome }, style);
  return runLine(status, { name: `${kind} ${result.test}`, note: outcome }, style);
}

/** What is out of the ordinary with a test. */
function outcomeOf(result: TestResult | UnitTestResult): string {
  if (result.status === 'errored') return 'could not run';
  if ('model' in result) return result.status === 'failed' ? 'rows differ' : '';
  return result.failures > 0 ? plural(result.failures, 'failing row') : '';
}
