import type { RunResult } from '@matinee/core';
import { describe, expect, it } from 'vitest';
import { publicCommandLine } from '../../src/run/command-line.js';
import { retryCommand } from '../../src/run/retry-command.js';

describe('the command that others see', () => {
  it('hides the values of variables', () => {
    expect(publicCommandLine(['build', '--vars', '{"password":"x"}', '--select', 'a'])).toBe(
      'matinee build --vars … --select a',
    );
    expect(publicCommandLine(['build', '--vars={"password":"x"}'])).toBe('matinee build --vars …');
  });
});

describe('the command that does what a run left undone', () => {
  const run = (change: Record<string, unknown>) =>
    ({
      command: 'build',
      status: 'failed',
      nodes: [],
      tests: [],
      unitTests: [],
      freshness: [],
      ...change,
    }) as unknown as RunResult;
  const nodes = [
    { node: 'a', status: 'failed' },
    { node: 'b', status: 'skipped' },
  ];

  it('needs no names: the ledger has them', () => {
    expect(retryCommand(run({ nodes }), {})).toBe('npx matinee retry');
  });

  it('keeps the options that the ledger does not know, as a shell takes them', () => {
    const options = { target: 'prod', source: "./it's", defer: 'ci', maxRejects: '0.1%' };
    expect(retryCommand(run({ nodes }), options)).toBe(
      "npx matinee retry --target prod --source './it'\\''s' --defer ci --max-rejects 0.1%",
    );
  });

  it('is there for tests that failed', () => {
    const tests = [{ test: 'unique_a', owner: 'a', status: 'errored' }];
    expect(retryCommand(run({ command: 'test', tests }), {})).toBe('npx matinee retry');
  });

  it('is there after an interruption, and where a hook kept everything from being done', () => {
    expect(retryCommand(run({ status: 'interrupted', nodes: nodes.slice(1) }), {})).toBe('npx matinee retry');
    expect(retryCommand(run({ error: new Error() }), {})).toBe('npx matinee retry');
  });

  it('is not there if nothing is left to do', () => {
    const built = [{ node: 'a', status: 'ok' }];
    expect(retryCommand(run({ status: 'ok' }), {})).toBeUndefined();
    expect(retryCommand(run({ nodes: built, error: new Error() }), {})).toBeUndefined();
  });
});
