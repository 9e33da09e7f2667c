import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { describeHolder, type LockHolder, openDuckDb } from '../../src/index.js';
import { temporaryFolder } from '../support/files.js';
import { closing } from '../support/lab.js';
import { holderOf } from './hold-file.js';

describe('a file that another process holds', () => {
  it('is waited for, told once by whom it is held, and opened when it is let go', async () => {
    const path = join(temporaryFolder(), 'held.duckdb');
    const child = await holderOf(path, 'matinee build');
    const told: LockHolder[] = [];
    const opening = openDuckDb({ path, lockTimeout: 20, onWait: (holder) => told.push(holder) });
    await expect.poll(() => told.length, { timeout: 15_000 }).toBe(1);
    child.stdin?.write('go\n');
    const warehouse = closing(await opening);
    expect(told).toEqual([{ pid: child.pid, purpose: 'matinee build', since: '2026-01-01T12:30:05.000Z' }]);
    expect(warehouse.place).toBe(path);
  });

  it('is given up on after the timeout, with the holder’s name', async () => {
    const path = join(temporaryFolder(), 'held.duckdb');
    const child = await holderOf(path, 'matinee build');
    await expect(openDuckDb({ path, lockTimeout: 0.25 })).rejects.toMatchObject({
      code: 'WAREHOUSE_LOCKED',
      message: `The DuckDB file is held by process ${child.pid} (matinee build, since 12:30:05 UTC); gave up after 0.25 s.`,
      location: { file: path },
      exitCode: 1,
    });
  });

  it('is known by its process alone where the note is missing, broken or somebody else’s', async () => {
    const path = join(temporaryFolder(), 'held.duckdb');
    const child = await holderOf(path);
    for (const note of [undefined, '{"pi', JSON.stringify({ pid: 1, purpose: 'other' })]) {
      if (note !== undefined) writeFileSync(`${path}.holder.json`, note);
      await expect(openDuckDb({ path, lockTimeout: 0 })).rejects.toMatchObject({
        code: 'WAREHOUSE_LOCKED',
        message: `The DuckDB file is held by process ${child.pid}; gave up after 0 s.`,
      });
    }
  });

  it('is no longer waited for once interrupted', async () => {
    const path = join(temporaryFolder(), 'held.duckdb');
    await holderOf(path);
    const controller = new AbortController();
    const opening = openDuckDb({ path, signal: controller.signal, onWait: () => controller.abort() });
    await expect(opening).rejects.toMatchObject({ code: 'RUN_INTERRUPTED' });
  });
});

describe('a file that this process holds', () => {
  it('has a note beside it on who and what for, gone when it is closed', async () => {
    const path = join(temporaryFolder(), 'new', 'mine.duckdb');
    const warehouse = await openDuckDb({ path, purpose: 'matinee test' });
    expect(JSON.parse(readFileSync(`${path}.holder.json`, 'utf8'))).toMatchObject({
      pid: process.pid,
      purpose: 'matinee test',
    });
    await warehouse.close();
    expect(existsSync(`${path}.holder.json`)).toBe(false);
  });

  it('may be opened twice: both see what the other commits', async () => {
    const path = join(temporaryFolder(), 'mine.duckdb');
    const first = closing(await openDuckDb({ path }));
    const second = closing(await openDuckDb({ path: join(path, '..', 'mine.duckdb') }));
    const [one, two] = [await first.openSession(), await second.openSession()];
    await one.execute('create table t as select 1 as n');
    expect(await two.query('select n from t')).toEqual([{ n: 1 }]);
    await one.close();
    await two.close();
  });
});

it('a holder is described by as much as is known', () => {
  const nobody = { pid: undefined, purpose: undefined, since: undefined };
  expect(describeHolder(nobody)).toBe('another process');
  expect(describeHolder({ ...nobody, pid: 7 })).toBe('process 7');
  expect(describeHolder({ ...nobody, purpose: 'matinee run' })).toBe('another process (matinee run)');
});
