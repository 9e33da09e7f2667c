import { countOutcomes, type RunResult } from '@matinee/core';
import type { Colors } from './colors.js';
import { formatCount } from './numbers.js';

export interface RunCounts {
  readonly built: number;
  readonly reused: number;
  readonly failed: number;
  readonly skipped: number;
  readonly testsPassed: number;
  readonly testsWarned: number;
  readonly testsFailed: number;
  /** Left out on purpose. */
  readonly testsNotRun: number;
}

export function countRun({ nodes, tests, unitTests }: RunResult): RunCounts {
  const count = (status: string) => nodes.filter((node) => node.status === status).length;
  const all = [...tests, ...unitTests].map((test) => test.status);
  const outcomes = countOutcomes(all);
  return {
    built: count('ok'),
    reused: count('reused'),
    failed: count('failed'),
    skipped: count('skipped'),
    testsPassed: outcomes.passed,
    testsWarned: outcomes.warned,
    testsFailed: outcomes.failed,
    testsNotRun: all.filter((status) => status === 'skipped').length,
  };
}

/** `Done in 3.2s: 27 built, 0 reused, 0 failed, 0 skipped; 171 tests passed, 1 warned` */
export function summaryLine(result: RunResult, colors: Colors): string {
  const { built, reused, failed, skipped, testsPassed, testsWarned, testsFailed, testsNotRun } =
    countRun(result);
  const nodes = `${built} built, ${reused} reused, ${failed} failed, ${skipped} skipped`;
  const tests = [
    `${formatCount(testsPassed)} ${testsPassed === 1 ? 'test' : 'tests'} passed`,
    `${testsWarned} warned`,
    ...(testsFailed > 0 ? [`${testsFailed} failed`] : []),
    ...(testsNotRun > 0 ? [`${formatCount(testsNotRun)} not run`] : []),
  ].join(', ');
  const withNodes = result.nodes.length > 0 || result.command !== 'test';
  return `${headline(result, colors)}: ${withNodes ? `${nodes}; ` : ''}${tests}`;
}

function headline({ status, seconds }: RunResult, { green, red, yellow }: Colors): string {
  const time = `${seconds.toFixed(1)}s`;
  switch (status) {
    case 'ok':
      return green(`Done in ${time}`);
    case 'failed':
      return red(`Failed after ${time}`);
    case 'interrupted':
      return yellow(`Interrupted after ${time}`);
  }
}
