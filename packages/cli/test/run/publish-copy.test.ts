import { InterruptedError, type RunResult, type Warehouse, WarehouseError } from '@matinee/core';
import { describe, expect, it } from 'vitest';
import type { Settings } from '../../src/options/settings.js';
import { publishCopy } from '../../src/run/publish-copy.js';
import type { Reporter } from '../../src/run/reporter.js';

const { signal } = new AbortController();
const settings = { target: { type: 'duckdb', path: '/x/a', published: '/x/not-there' } } as Settings;
const THERE = { target: { ...settings.target, published: import.meta.filename } } as Settings;

function run(status: RunResult['status'], command: string, nodes: readonly string[]): RunResult {
  return { status, command, nodes: nodes.map((node) => ({ status: node })) } as unknown as RunResult;
}

async function publish(result: RunResult, to: Settings, error?: Error): Promise<readonly string[]> {
  const told: string[] = [];
  // That the copy cannot be looked at means that it is made anew.
  const warehouse = {
    openSession: async () => ({
      query: async () => Promise.reject(new Error('no')),
      close: async () => undefined,
    }),
    copyTo: async () => {
      if (error) throw error;
      return { bytes: 1, seconds: 2 };
    },
  } as unknown as Warehouse;
  const reporter = {
    copying: (path: string) => told.push(`copying ${path}`),
    copied: (path: string) => told.push(`copied ${path}`),
  } as unknown as Reporter;
  await publishCopy(result, warehouse, to, reporter, signal);
  return told;
}

describe('a copy for readers', () => {
  it('is made after a run that published something', async () => {
    const published = 'published' in THERE.target ? THERE.target.published : expect.fail('It has none.');
    expect(await publish(run('ok', 'build', ['reused', 'ok']), THERE)).toEqual([
      `copying ${published}`,
      `copied ${published}`,
    ]);
  });

  it('is made where there is none, even if nothing was built', async () => {
    expect(await publish(run('ok', 'seed', ['reused']), settings)).toHaveLength(2);
  });

  it.each([
    ['something failed', run('failed', 'build', ['ok', 'failed'])],
    ['the run was interrupted', run('interrupted', 'build', ['ok', 'skipped'])],
  ])('is not made where %s', async (_, result) => {
    expect(await publish(result, THERE)).toEqual([]);
  });

  it('is not made by tests, nor for a target without one', async () => {
    expect(await publish(run('ok', 'test', []), settings)).toEqual([]);
    const none = { target: { type: 'duckdb', path: '/x/a' } } as Settings;
    expect(await publish(run('ok', 'build', ['ok']), none)).toEqual([]);
  });

  it('fails as an error, an interruption as one that says what it leaves', async () => {
    const failure = new WarehouseError('PUBLISH_COPY', 'Full.');
    await expect(publish(run('ok', 'build', ['ok']), THERE, failure)).rejects.toBe(failure);
    await expect(publish(run('ok', 'build', ['ok']), THERE, new InterruptedError())).rejects.toMatchObject({
      code: 'RUN_INTERRUPTED',
      message: 'The copy for readers was interrupted: the old one stays, the run is done.',
    });
  });
});
