import { NodeError, type NodeResult, type TestResult, type UnitTestResult } from '@matinee/core';
import { describe, expect, it } from 'vitest';
import { createColors } from '../../src/output/colors.js';
import { type LineStyle, nodeLine, runLine, testLine } from '../../src/output/run-lines.js';
import { plain } from '../support/plain-colors.js';

const style: LineStyle = {
  colors: plain,
  total: 27,
  nameWidth: 26,
  now: () => new Date(2026, 0, 2, 12, 30, 5),
};

const published: NodeResult = {
  node: 'int_user_profiles',
  kind: 'model',
  package: '@matinee/models-audience',
  schema: 'audience',
  materialized: 'table',
  action: 'create',
  status: 'ok',
  rows: 610,
  increment: undefined,
  rowsChanged: undefined,
  seconds: 0.12,
  tests: { passed: 9, warned: 0, failed: 0 },
  reason: 'SQL changed',
  error: undefined,
  load: undefined,
};

const test: TestResult = {
  test: 'not_null_x_y',
  owner: 'x',
  severity: 'error',
  status: 'failed',
  failures: 1200,
  samples: [],
  seconds: 0.5,
  sql: 'select 1',
  message: undefined,
  storedIn: undefined,
};

describe('lines of a run', () => {
  it('lines up status, number, name, materialization, rows, tests and seconds', () => {
    expect([
      runLine('START', { index: 5, name: 'audience.int_user_profiles', kind: 'table' }, style),
      nodeLine(published, 5, style),
      nodeLine({ ...published, node: 'x', rows: 52_000_000, seconds: 75 }, 12, style),
    ]).toEqual([
      '12:30:05  START  5/27  audience.int_user_profiles  table',
      '12:30:05  OK     5/27  audience.int_user_profiles  table               610 rows     9 tests   0.12s',
      '12:30:05  OK    12/27  audience.x                  table        52,000,000 rows     9 tests  1m 15s',
    ]);
  });

  it('notes that a node was built and its rows came out the same', () => {
    expect(nodeLine({ ...published, rowsChanged: false }, 1, style)).toMatch(/ 0\.12s {2}same rows$/);
    expect(nodeLine({ ...published, rowsChanged: true }, 1, style)).toMatch(/ 0\.12s$/);
  });

  it('notes how many rows an increment has computed anew', () => {
    const note = (touchedRows: number, newRows: number) =>
      nodeLine(
        { ...published, action: 'increment', increment: { touchedRows, newRows }, rowsChanged: false },
        1,
        style,
      ).replace(/^.*0\.12s {2}/, '');
    expect([note(1200, 1204), note(3, 0), note(0, 0)]).toEqual([
      '1,204 rows anew',
      '3 rows gone',
      'same rows',
    ]);
  });

  it('notes how many rows went with their files', () => {
    const note = (change: Partial<NodeResult>) =>
      nodeLine({ ...published, action: 'load', ...change }, 1, style).replace(/^.*0\.12s {0,2}/, '');
    expect([
      note({ goneRows: 3 }),
      note({ goneRows: 3, increment: { touchedRows: 3, newRows: 0 } }),
      note({ goneRows: 1, increment: { touchedRows: 1, newRows: 5 } }),
      note({ goneRows: 3, rowsChanged: false }),
      note({}),
    ]).toEqual(['3 rows gone', '3 rows gone', '5 rows anew, 1 row gone', 'same rows', '']);
  });

  it('notes why an increment was built in full after all', () => {
    const reason = 'rows changed in a; in full, for its inputs touch 60 % of its rows';
    const line = (change: Partial<NodeResult>) => nodeLine({ ...published, reason, ...change }, 1, style);
    expect(line({})).toMatch(/0\.12s {2}in full: its inputs touch 60 % of its rows$/);
    expect(line({ reason: `${reason}; its rows came out the same`, rowsChanged: false })).toMatch(
      /0\.12s {2}in full: its inputs touch 60 % of its rows, same rows$/,
    );
    expect(line({ action: 'increment' })).toMatch(/0\.12s$/);
  });

  it('notes warnings, failures and what a load left out', () => {
    expect(nodeLine({ ...published, tests: { passed: 8, warned: 1, failed: 0 } }, 1, style)).toMatch(
      /1 warned$/,
    );
    expect(
      nodeLine({ ...published, status: 'failed', tests: { passed: 7, warned: 0, failed: 2 } }, 1, style),
    ).toMatch(/FAIL {3}1\/27 .* 9 tests {3}0\.12s {2}2 failed$/);
    const error = new NodeError('CONTRACT', 'x');
    const tests = { passed: 0, warned: 0, failed: 0 };
    expect(nodeLine({ ...published, status: 'failed', error, tests }, 1, style)).toMatch(
      /0\.12s {2}CONTRACT$/,
    );
    const load = {
      source: 'x',
      rows: 5,
      rejectedRows: 2,
      repeatedRows: 1000,
      overruledRows: 0,
      files: [],
      kept: [],
    };
    expect(nodeLine({ ...published, load }, 1, style)).toMatch(/2 rejected, 1,000 repeated$/);
  });

  it('says why a node is skipped, and shows no rows for it', () => {
    expect(nodeLine({ ...published, status: 'skipped', reason: 'x failed' }, 6, style)).toBe(
      '12:30:05  SKIP   6/27  audience.int_user_profiles  table        x failed',
    );
  });

  it('shows no time for a node that is reused untouched', () => {
    expect(nodeLine({ ...published, status: 'reused', seconds: 0 }, 7, style)).toBe(
      '12:30:05  REUSE  7/27  audience.int_user_profiles  table               610 rows',
    );
  });

  it('gives failing tests a line with their count, numbered where only tests run', () => {
    expect(testLine(test, undefined, style)).toBe(
      '12:30:05  FAIL         test not_null_x_y           1,200 failing rows',
    );
    expect(testLine({ ...test, status: 'warned' }, 3, style)).toBe(
      '12:30:05  WARN   3/27  not_null_x_y                test            0.50s  1,200 failing rows',
    );
    expect(testLine({ ...test, status: 'errored' }, 3, style)).toMatch(/FAIL .* 0\.50s {2}could not run$/);
  });

  it('tells unit tests from data tests', () => {
    const unit: UnitTestResult = {
      test: 'ties',
      model: 'x',
      status: 'failed',
      seconds: 0.01,
      difference: { missing: [], unexpected: [{ a: 1 }] },
      sql: '',
      message: undefined,
    };
    expect(testLine(unit, 2, style)).toMatch(/FAIL {3}2\/27 {2}ties .* unit test .* 0\.01s {2}rows differ$/);
  });

  it('colours the status where colours are wanted', () => {
    const line = nodeLine(published, 1, { ...style, colors: createColors(true) });
    expect(line).toContain('\u001b[32mOK\u001b[39m');
  });
});
