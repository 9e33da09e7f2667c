import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type DuckDbOptions, openDuckDb } from '../../src/index.js';
import { temporaryFolder } from '../support/files.js';
import { closing, openSession } from '../support/lab.js';
import { anotherProcess } from './another-process.js';

describe('opening', () => {
  it('a file that is none of DuckDB’s is refused with its name', async () => {
    const path = join(temporaryFolder({ 'notes.txt': 'These are no tables.\n'.repeat(1000) }), 'notes.txt');
    await expect(openDuckDb({ path })).rejects.toMatchObject({
      code: 'WAREHOUSE_OPEN',
      name: 'WarehouseError',
      location: { file: path },
      message: expect.stringContaining('not a valid DuckDB database file'),
    });
    expect(existsSync(`${path}.holder.json`)).toBe(false);
  });

  it('a folder that cannot be written to is refused', async () => {
    const path = join(temporaryFolder({ blocked: 'a file where a folder should be' }), 'blocked', 'x.duckdb');
    await expect(openDuckDb({ path })).rejects.toMatchObject({
      code: 'WAREHOUSE_OPEN',
      hint: 'See that it is a DuckDB file, or none yet, in a folder that may be written to.',
    });
  });

  it('beside a file where nothing can be written is refused, and lets the file go', async () => {
    const folder = temporaryFolder({ 'x.duckdb.holder.json/in.the.way': '' });
    const path = join(folder, 'x.duckdb');
    await expect(openDuckDb({ path })).rejects.toMatchObject({
      code: 'WAREHOUSE_OPEN',
      location: { file: path },
      message: expect.stringMatching(/^Nothing can be written beside the DuckDB file: .*holder\.json/),
      hint: 'See that it is a DuckDB file, or none yet, in a folder that may be written to.',
    });
    expect(await anotherProcess('READ_WRITE', path, 'select 1 as n')).toBe('[{"n":1}]');
  });

  it('a file that is not there is refused when it is to be read only', async () => {
    const path = join(temporaryFolder(), 'never-built.duckdb');
    await expect(openDuckDb({ path, readOnly: true })).rejects.toMatchObject({ code: 'WAREHOUSE_OPEN' });
    expect(existsSync(path)).toBe(false);
  });

  it('for reading refuses to write and leaves no note', async () => {
    const path = join(temporaryFolder(), 'built.duckdb');
    await (await openDuckDb({ path })).close();
    const warehouse = closing(await openDuckDb({ path, readOnly: true }));
    const session = await warehouse.openSession();
    await expect(session.execute('create table t (n integer)')).rejects.toThrow(/read-only/);
    expect(existsSync(`${path}.holder.json`)).toBe(false);
    await session.close();
  });

  it('with a setting that DuckDB refuses is wrong usage, and lets the file go', async () => {
    const path = join(temporaryFolder(), 'x.duckdb');
    const openings: [Partial<DuckDbOptions>, string][] = [
      [{ memoryLimit: 'much' }, "memoryLimit takes a size such as 500MB, 2GB or 1.5TiB, not 'much'."],
      [{ maxSpill: '-1' }, "maxSpill takes a size such as 500MB, 2GB or 1.5TiB, not '-1'."],
      [{ maxSpill: '90%' }, "maxSpill takes a size such as 500MB, 2GB or 1.5TiB, not '90%'."],
      [{ engineThreads: -4 }, 'DuckDB refuses threads = -4.'],
    ];
    for (const [options, message] of openings) {
      const opening = openDuckDb({ path, ...options });
      await expect(opening).rejects.toMatchObject({ code: 'SETTING_INVALID', exitCode: 2, message });
    }
    expect(await anotherProcess('READ_WRITE', path, 'select 1 as n')).toBe('[{"n":1}]');
    const warehouse = closing(
      await openDuckDb({ path, memoryLimit: '1GB', engineThreads: 2, temporaryFolder: join(path, '..') }),
    );
    const session = await warehouse.openSession();
    const settings = await session.query(
      `select current_setting('threads') as threads, current_setting('TimeZone') as zone`,
    );
    expect(settings).toEqual([{ threads: 2, zone: 'UTC' }]);
    await session.close();
  });

  it('tells how much can still be written, if it is a file', async () => {
    const path = join(temporaryFolder(), 'x.duckdb');
    expect(closing(await openDuckDb({ path })).disk?.()?.free).toBeGreaterThan(0);
    expect(closing(await openDuckDb({ path: ':memory:' })).disk?.()).toBeUndefined();
  });

  it('says what to do about a file that is named for a schema in it', async () => {
    const session = await openSession(
      closing(await openDuckDb({ path: join(temporaryFolder(), 'raw.duckdb') })),
    );
    await session.execute('create schema raw');
    await expect(session.execute('create table raw.t (n integer)')).rejects.toMatchObject({
      code: 'WAREHOUSE_NAME',
      hint: 'A DuckDB file cannot be named for a schema in it: name the file otherwise.',
    });
  });
});
