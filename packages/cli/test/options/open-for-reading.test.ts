import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDuckDb, type TargetConfig, withSession } from '@matinee/core';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Context } from '../../src/context.js';
import { resolveSettings } from '../../src/options/settings.js';
import { openForReading, openWarehouse } from '../../src/run/open-warehouse.js';

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'matinee-reading-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

const context = {
  argv: ['show', 'x'],
  interrupts: { signal: new AbortController().signal, exitCode: 130, catchFirst: () => undefined },
  terminal: { err: () => undefined },
} as unknown as Context;

function workspaceOf(root: string, target: Partial<TargetConfig> = {}) {
  const targets = { dev: { type: 'duckdb', path: 'built.duckdb', ...target } } as const;
  return { root, settings: resolveSettings({ options: {}, env: {}, config: { targets }, cwd: root, root }) };
}

/** Makes a file that says which one it is. */
async function make(path: string, name: string): Promise<void> {
  const warehouse = await openDuckDb({ path });
  const create = `create table t as select '${name}' as name`;
  await withSession(warehouse, (session) => session.execute(create)).finally(() => warehouse.close());
}

/** Which file readers read. */
async function read(workspace: ReturnType<typeof workspaceOf>): Promise<unknown> {
  const warehouse = await openForReading(context, workspace, { lockTimeout: 0 });
  return withSession(warehouse, async (session) => {
    const [row] = await session.query('select name from t');
    await expect(session.execute('drop table t')).rejects.toThrow(/read-only/);
    return row?.name;
  }).finally(() => warehouse.close());
}

describe('readers', () => {
  it('read the published file, also while the other one is written', async () => {
    const root = folder();
    await make(join(root, 'built.duckdb'), 'built');
    await make(join(root, 'published.duckdb'), 'published');
    const builder = await openDuckDb({ path: join(root, 'built.duckdb') });
    expect(await read(workspaceOf(root, { published: 'published.duckdb' }))).toBe('published');
    await builder.close();
  });

  it('read the target’s file where nothing is published, or not yet', async () => {
    const root = folder();
    await make(join(root, 'built.duckdb'), 'built');
    expect(await read(workspaceOf(root))).toBe('built');
    expect(await read(workspaceOf(root, { published: 'published.duckdb' }))).toBe('built');
  });

  it('are told that a target was never built, and no file is made', async () => {
    const root = folder();
    const workspace = workspaceOf(root, { published: 'published.duckdb' });
    await expect(openForReading(context, workspace, {})).rejects.toMatchObject({
      code: 'WAREHOUSE_MISSING',
      location: { file: join(root, 'built.duckdb') },
    });
    expect(existsSync(join(root, 'built.duckdb'))).toBe(false);
  });
});

it('a target’s limits reach the engine', async () => {
  const root = folder();
  const workspace = workspaceOf(root, { memoryLimit: '64MiB', maxSpill: '3GiB', engineThreads: 1 });
  const warehouse = await openWarehouse(context, workspace, { readOnly: false, mustExist: false });
  const settings = `select current_setting('memory_limit') as memory,
    current_setting('max_temp_directory_size') as spill, current_setting('threads') as threads`;
  const [limits] = await withSession(warehouse, (session) => session.query(settings)).finally(() =>
    warehouse.close(),
  );
  expect(limits).toEqual({ memory: '64.0 MiB', spill: '3.0 GiB', threads: 1 });
});
