import type { NodeResult, RunResult, TestResult } from '@matinee/core';
import { describe, expect, it } from 'vitest';
import { summaryLine } from '../../src/output/run-summary.js';
import { plain } from '../support/plain-colors.js';

function run(
  status: RunResult['status'],
  nodes: readonly NodeResult['status'][],
  tests: readonly TestResult['status'][],
  command = 'build',
): RunResult {
  return {
    runId: '1',
    status,
    command,
    place: '/x',
    startedAt: '2026-01-02T12:30:05Z',
    seconds: 3.21,
    nodes: nodes.map((node) => ({ status: node })) as unknown as readonly NodeResult[],
    tests: tests.map((test) => ({ status: test })) as unknown as readonly TestResult[],
    unitTests: [],
    freshness: [],
    error: undefined,
  };
}

describe('the last line of a run', () => {
  it('sums up nodes and tests; a proved test has passed', () => {
    expect(summaryLine(run('ok', ['ok', 'ok', 'reused'], ['passed', 'proved', 'warned']), plain)).toBe(
      'Done in 3.2s: 2 built, 1 reused, 0 failed, 0 skipped; 2 tests passed, 1 warned',
    );
  });

  it('says that it failed, and how many tests did', () => {
    expect(summaryLine(run('failed', ['failed', 'skipped'], ['failed', 'errored', 'passed']), plain)).toBe(
      'Failed after 3.2s: 0 built, 0 reused, 1 failed, 1 skipped; 1 test passed, 0 warned, 2 failed',
    );
  });

  it('says how many tests were left out on purpose', () => {
    expect(summaryLine(run('ok', ['ok'], ['passed', 'skipped', 'skipped']), plain)).toMatch(
      /; 1 test passed, 0 warned, 2 not run$/,
    );
  });

  it('leaves nodes out where only tests ran', () => {
    expect(summaryLine(run('ok', [], ['passed'], 'test'), plain)).toBe(
      'Done in 3.2s: 1 test passed, 0 warned',
    );
  });

  it('says that it was interrupted', () => {
    expect(summaryLine(run('interrupted', ['ok'], []), plain)).toMatch(/^Interrupted after 3\.2s: 1 built/);
  });
});
