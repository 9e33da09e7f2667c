import type { RunResult } from '@matinee/core';
import { describe, expect, it } from 'vitest';
import { publicCommandLine } from '../../src/run/command-line.js';
import { rerunCommand } from '../../src/run/rerun-command.js';

describe('the command that others see', () => {
  it('hides the values of variables', () => {
    expect(publicCommandLine(['build', '--vars', '{"password":"x"}', '--select', 'a'])).toBe(
      'matinee build --vars … --select a',
    );
    expect(publicCommandLine(['build', '--vars={"password":"x"}'])).toBe('matinee build --vars …');
  });
});

describe('the command that runs failures again', () => {
  const run = (change: Record<string, unknown>) =>
    ({ command: 'build', nodes: [], tests: [], unitTests: [], ...change }) as unknown as RunResult;

  it('selects failed nodes and what depends on them', () => {
    const nodes = [
      { node: 'a', status: 'failed' },
      { node: 'b', status: 'skipped' },
      { node: 'c', status: 'failed' },
    ];
    expect(rerunCommand(run({ nodes }), {})).toBe("npx matinee build --select 'a+ c+'");
  });

  it('keeps the options that decide what runs', () => {
    const nodes = [{ node: 'a', status: 'failed' }];
    expect(rerunCommand(run({ nodes }), { target: 'prod', vars: '{"x":"it\'s"}', source: './in' })).toBe(
      `npx matinee build --target prod --source ./in --vars '{"x":"it'\\''s"}' --select 'a+'`,
    );
  });

  it('selects the owners of failed tests where no node failed', () => {
    const tests = [
      { test: 'unique_a', owner: 'a', status: 'failed' },
      { test: 'not_null_a', owner: 'a', status: 'errored' },
      { test: 'unique_b', owner: 'b', status: 'warned' },
    ];
    expect(rerunCommand(run({ command: 'test', tests }), {})).toBe('npx matinee test --select a');
  });

  it('is not there if nothing failed', () => {
    expect(rerunCommand(run({}), {})).toBeUndefined();
  });
});
