import { spawnSync } from 'node:child_process';
import {
  closeSync,
  existsSync,
  linkSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { putCopy } from '../../src/adapters/duckdb/copy.js';
import { openDuckDb, type Session, type Warehouse } from '../../src/index.js';
import { temporaryFolder } from '../support/files.js';
import { closing, openMemory, openSession } from '../support/lab.js';
import { smallDisk } from '../support/small-disk.js';
import { anotherProcess } from './another-process.js';

interface Place {
  readonly folder: string;
  readonly path: string;
  /** Where copies go. */
  readonly copy: string;
  readonly warehouse: Warehouse;
  readonly session: Session;
}

/** A warehouse with ten rows, open for writing. */
async function opened(): Promise<Place> {
  const folder = temporaryFolder();
  const path = join(folder, 'x.duckdb');
  const warehouse = closing(await openDuckDb({ path }));
  const session = await openSession(warehouse);
  await session.execute('create table t as select range as n from range(10)');
  return { folder, path, copy: join(folder, 'out', 'copy.duckdb'), warehouse, session };
}

function copyTo(warehouse: Warehouse, path: string, signal?: AbortSignal) {
  if (!warehouse.copyTo) throw new Error('The warehouse cannot be copied.');
  return warehouse.copyTo(path, signal);
}

const COUNT = 'select count(*)::integer as n from t';

describe('a copy of a warehouse', () => {
  it('holds what is committed, and other processes read it while the warehouse is held', async () => {
    const { warehouse, session, path, copy } = await opened();
    const { bytes, seconds } = await copyTo(warehouse, copy);
    expect(bytes).toBe(readFileSync(copy).length);
    expect(seconds).toBeGreaterThan(0);
    expect(existsSync(`${path}.wal`)).toBe(false);
    expect(await anotherProcess('READ_ONLY', copy, COUNT)).toBe('[{"n":10}]');
    for (const mode of ['READ_ONLY', 'READ_WRITE'] as const)
      expect(await anotherProcess(mode, path, COUNT)).toMatch(/Could not set lock on file/);
    await session.execute('insert into t values (10)');
    expect(await anotherProcess('READ_ONLY', path, COUNT)).toMatch(/Could not set lock on file/);
  });

  it('replaces the last one, which those who have it open go on reading', async () => {
    const { warehouse, session, copy, folder } = await opened();
    await copyTo(warehouse, copy);
    const reader = await openSession(closing(await openDuckDb({ path: copy, readOnly: true })));
    expect(await reader.query(COUNT)).toEqual([{ n: 10 }]);
    for (const n of [11, 12, 13]) {
      await session.execute(`insert into t values (${n})`);
      await copyTo(warehouse, copy);
      expect(await anotherProcess('READ_ONLY', copy, COUNT)).toBe(`[{"n":${n}}]`);
    }
    await session.execute('insert into t select range from range(200000)');
    expect(await reader.query('select sum(n) as n from t')).toEqual([{ n: 45 }]);
    expect(readdirSync(join(folder, 'out'))).toEqual(['copy.duckdb']);
  });

  it('is made one after the other when several are asked for at a time', async () => {
    const { warehouse, copy, folder } = await opened();
    await Promise.all([copyTo(warehouse, copy), copyTo(warehouse, copy), copyTo(warehouse, copy)]);
    expect(await anotherProcess('READ_ONLY', copy, COUNT)).toBe('[{"n":10}]');
    expect(readdirSync(join(folder, 'out'))).toEqual(['copy.duckdb']);
  });

  it('leaves out what another session has not committed, and is made while others read', async () => {
    const { warehouse, session, copy } = await opened();
    const others = [await openSession(warehouse), await openSession(warehouse)];
    for (const other of others) await other.execute('begin transaction');
    await others[0]?.query(COUNT);
    await others[1]?.execute('insert into t values (10)');
    await session.execute('insert into t values (11)');
    await copyTo(warehouse, copy);
    expect(await anotherProcess('READ_ONLY', copy, 'select max(n)::integer as n from t')).toBe('[{"n":11}]');
    await others[1]?.execute('commit');
    expect(await session.query(COUNT)).toEqual([{ n: 12 }]);
  });

  it('does not inherit a log or what killed processes have left, and leaves other files alone', async () => {
    const { warehouse, copy } = await opened();
    const { pid: dead } = spawnSync(process.execPath, ['--version']);
    mkdirSync(join(copy, '..'));
    const stay = ['copy.duckdb.1.tmp', 'copy.duckdb.notes.tmp', 'other.duckdb.wal'];
    for (const name of [...stay, 'copy.duckdb.wal', `copy.duckdb.${dead}.tmp`])
      writeFileSync(join(copy, '..', name), 'x');
    await copyTo(warehouse, copy);
    expect(readdirSync(join(copy, '..')).sort()).toEqual(['copy.duckdb', ...stay].sort());
  });

  it('is no matter of tables in memory or of a file that is only read', async () => {
    const { path, session, warehouse } = await opened();
    await session.close();
    await warehouse.close();
    expect((await openMemory()).copyTo).toBeUndefined();
    expect(closing(await openDuckDb({ path, readOnly: true })).copyTo).toBeUndefined();
  });
});

describe('a copy that fails', () => {
  it('because a folder stands in its place leaves that as it is', async () => {
    const { warehouse, copy, folder } = await opened();
    mkdirSync(copy, { recursive: true });
    await expect(copyTo(warehouse, copy)).rejects.toMatchObject({
      name: 'WarehouseError',
      code: 'PUBLISH_COPY',
      message: expect.stringMatching(/^No copy of the warehouse could be put in place: E/),
      location: { file: copy },
      hint: 'Name a file, in a folder that may be written to. What stood there before stands there still.',
      exitCode: 1,
    });
    expect(readdirSync(join(folder, 'out'))).toEqual(['copy.duckdb']);
  });

  it('because its folder cannot be made says so', async () => {
    const { warehouse, folder } = await opened();
    writeFileSync(join(folder, 'blocked'), 'a file where a folder should be');
    await expect(copyTo(warehouse, join(folder, 'blocked', 'copy.duckdb'))).rejects.toMatchObject({
      code: 'PUBLISH_COPY',
      hint: expect.stringMatching(/^Name a file/),
    });
  });

  it('because the disk is full leaves the old one, and the warehouse as usable as before', async (context) => {
    const disk = smallDisk('8m');
    if (!disk) {
      console.warn('NOT TESTED: a copy onto a full disk. Mounting a small file system takes root.');
      return context.skip();
    }
    const { warehouse, session, path } = await opened();
    const copy = join(disk, 'copy.duckdb');
    await copyTo(warehouse, copy);
    await session.execute('create table big as select hash(range) as h from range(2000000)');
    await expect(copyTo(warehouse, copy)).rejects.toMatchObject({
      code: 'PUBLISH_COPY',
      message: expect.stringContaining('ENOSPC'),
      hint: 'Free disk space: while it is made, the copy needs its size again. What stood there before stands there still.',
    });
    expect(readdirSync(disk)).toEqual(['copy.duckdb']);
    expect(await anotherProcess('READ_ONLY', copy, COUNT)).toBe('[{"n":10}]');
    expect(await anotherProcess('READ_ONLY', path, COUNT)).toMatch(/Could not set lock/);
    await session.execute('drop table big');
  });

  it('because it would replace the warehouse itself, by whatever name, touches nothing', async () => {
    const { warehouse, session, path, folder } = await opened();
    linkSync(path, join(folder, 'link.duckdb'));
    for (const target of [path, join(folder, 'link.duckdb')]) {
      await expect(copyTo(warehouse, target)).rejects.toMatchObject({
        code: 'PUBLISH_COPY',
        message: 'No copy of the warehouse could be put in place: it is the warehouse itself.',
      });
    }
    expect(await session.query(COUNT)).toEqual([{ n: 10 }]);
    expect(await anotherProcess('READ_ONLY', path, COUNT)).toMatch(/Could not set lock/);
  });

  it('because another session is changing rows says to wait for it', async () => {
    const { warehouse, copy, folder } = await opened();
    const other = await openSession(warehouse);
    await other.execute('begin transaction');
    await other.execute('update t set n = -1 where n = 3');
    await expect(copyTo(warehouse, copy)).rejects.toMatchObject({
      code: 'PUBLISH_COPY',
      message: expect.stringContaining('write transactions active'),
      hint: expect.stringMatching(/^Publish again when nothing else writes to the warehouse\./),
    });
    expect(readdirSync(join(folder, 'out'))).toEqual([]);
    await other.execute('rollback');
    expect((await copyTo(warehouse, copy)).bytes).toBeGreaterThan(0);
  });

  it('because it was interrupted leaves nothing behind', async () => {
    const { warehouse, session, copy, folder } = await opened();
    await expect(copyTo(warehouse, copy, AbortSignal.abort())).rejects.toMatchObject({
      code: 'RUN_INTERRUPTED',
    });
    await session.execute('create table big as select hash(range) as h from range(5000000)');
    const controller = new AbortController();
    const copying = copyTo(warehouse, copy, controller.signal);
    const watch = setInterval(() => {
      if (readdirSync(join(folder, 'out')).length > 0) controller.abort();
    }, 1);
    await expect(copying.finally(() => clearInterval(watch))).rejects.toMatchObject({
      code: 'RUN_INTERRUPTED',
    });
    expect(readdirSync(join(folder, 'out'))).toEqual([]);
  });

  it('because checkpoints keep changing the file is given up on: it would be torn', async () => {
    const folder = temporaryFolder({ 'busy.duckdb': Buffer.alloc(64 * 2 ** 20) });
    const busy = openSync(join(folder, 'busy.duckdb'), 'r+');
    let [count, attempts, going] = [0n, 0, true];
    const work = () => {
      writeSync(busy, new BigUint64Array([++count]), 0, 8, 4096);
      if (going) setImmediate(work);
      else closeSync(busy);
    };
    work();
    const copying = putCopy(join(folder, 'busy.duckdb'), join(folder, 'copy.duckdb'), async () => attempts++);
    await expect(
      copying.finally(() => {
        going = false;
      }),
    ).rejects.toMatchObject({
      code: 'PUBLISH_COPY',
      message: expect.stringMatching(/it was written to while it was copied\.$/),
    });
    expect(attempts).toBe(3);
    expect(readdirSync(folder)).toEqual(['busy.duckdb']);
  });
});
