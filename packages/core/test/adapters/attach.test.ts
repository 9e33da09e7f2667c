import { existsSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type LockHolder, openDuckDb, type Session, type Warehouse, withSession } from '../../src/index.js';
import { temporaryFolder } from '../support/files.js';
import { closing, openSession } from '../support/lab.js';
import { anotherProcess } from './another-process.js';
import { holderOf } from './hold-file.js';

/** Makes a DuckDB file with raw.x, and a view staging.v of it under a two-part name. */
async function build(path: string, owner: string): Promise<string> {
  const warehouse = await openDuckDb({ path });
  await withSession(warehouse, async (session) => {
    await session.execute('create schema "raw"');
    await session.execute('create schema "staging"');
    await session.execute(`create table "raw"."x" as select '${owner}' as owner`);
    await session.execute('create view "staging"."v" as select owner from "raw"."x"');
  }).finally(() => warehouse.close());
  return path;
}

interface Pair {
  readonly folder: string;
  readonly prod: string;
  readonly warehouse: Warehouse;
  readonly session: Session;
}

/** A warehouse `dev` that is open, and a file `prod` with tables and views of the same names. */
async function opened(): Promise<Pair> {
  const folder = temporaryFolder();
  const prod = await build(join(folder, 'prod.duckdb'), 'prod');
  const warehouse = closing(await openDuckDb({ path: await build(join(folder, 'dev.duckdb'), 'dev') }));
  return { folder, prod, warehouse, session: await openSession(warehouse) };
}

async function attach(warehouse: Warehouse, ...args: Parameters<NonNullable<Warehouse['attach']>>) {
  if (!warehouse.attach) throw new Error('Nothing can be attached.');
  return warehouse.attach(...args);
}

describe('an attached file', () => {
  it('is read by all sessions, its views from its own tables even where there are others of the name', async () => {
    const { warehouse, session: before, prod } = await opened();
    await attach(warehouse, 'the "other" one', prod);
    const after = await openSession(warehouse);
    for (const session of [before, after]) {
      for (const relation of ['"raw"."x"', '"staging"."v"']) {
        const sql = (name: string) => `select owner from ${name}`;
        expect(await session.query(sql(`"the ""other"" one".${relation}`))).toEqual([{ owner: 'prod' }]);
        expect(await session.query(sql(relation))).toEqual([{ owner: 'dev' }]);
      }
    }
  });

  it('is read by its views, never the main one in its stead', async () => {
    const { warehouse, session, prod } = await opened();
    const change = closing(await openDuckDb({ path: prod }));
    const changing = await change.openSession();
    await changing.execute('drop table "raw"."x"');
    await changing.close();
    await change.close();
    await attach(warehouse, 'prod', prod);
    await expect(session.query('select owner from prod.staging.v')).rejects.toThrow(/x does not exist/);
    await session.execute('create table "staging"."own" as select owner from "staging"."v"');
    expect(await session.query('select owner from "staging"."own"')).toEqual([{ owner: 'dev' }]);
  });

  it('can be built from in one transaction, and not be written to', async () => {
    const { warehouse, session, prod } = await opened();
    await attach(warehouse, 'prod', prod);
    await session.transaction(() =>
      session.execute('create table "staging"."t" as select owner from prod.staging.v'),
    );
    expect(await session.query('select owner from staging.t')).toEqual([{ owner: 'prod' }]);
    await expect(session.execute("insert into prod.raw.x values ('dev')")).rejects.toThrow(/read-only/);
  });

  it('can be read by other processes, and not be written to until it is let go', async () => {
    const { warehouse, session, prod } = await opened();
    await attach(warehouse, 'prod', prod);
    const sql = 'select owner from staging.v';
    expect(await anotherProcess('READ_ONLY', prod, sql)).toBe('[{"owner":"prod"}]');
    expect(await anotherProcess('READ_WRITE', prod, sql)).toMatch(/Could not set lock on file/);
    await session.close();
    await warehouse.close();
    expect(await anotherProcess('READ_WRITE', prod, sql)).toBe('[{"owner":"prod"}]');
  });

  it('is waited for while another process writes to it', async () => {
    const { warehouse, session, prod } = await opened();
    const child = await holderOf(prod, 'matinee build');
    await expect(attach(warehouse, 'prod', prod, { lockTimeout: 0.25 })).rejects.toMatchObject({
      code: 'WAREHOUSE_LOCKED',
      location: { file: prod },
    });
    const told: LockHolder[] = [];
    const attaching = attach(warehouse, 'prod', prod, {
      lockTimeout: 20,
      onWait: (holder) => told.push(holder),
    });
    await expect
      .poll(() => told, { timeout: 15_000 })
      .toMatchObject([{ pid: child.pid, purpose: 'matinee build' }]);
    child.stdin?.write('go\n');
    await attaching;
    expect(await session.query('select owner from prod.staging.v')).toEqual([{ owner: 'prod' }]);
  });

  it('is no longer waited for once interrupted', async () => {
    const { warehouse, prod } = await opened();
    await holderOf(prod);
    const controller = new AbortController();
    const options = { signal: controller.signal, onWait: () => controller.abort() };
    await expect(attach(warehouse, 'prod', prod, options)).rejects.toMatchObject({ code: 'RUN_INTERRUPTED' });
  });
});

describe('a file is not attached', () => {
  it('when it is not there, and none is made', async () => {
    const { warehouse, folder } = await opened();
    const path = join(folder, 'never-built.duckdb');
    await expect(attach(warehouse, 'prod', path)).rejects.toMatchObject({
      code: 'WAREHOUSE_MISSING',
      location: { file: path },
      hint: 'Build it first, or name a file that is there.',
    });
    expect(existsSync(path)).toBe(false);
  });

  it('when it is no DuckDB file', async () => {
    const { warehouse } = await opened();
    const path = join(temporaryFolder({ 'notes.txt': 'These are no tables.\n'.repeat(1000) }), 'notes.txt');
    await expect(attach(warehouse, 'prod', path)).rejects.toMatchObject({ code: 'WAREHOUSE_OPEN' });
  });

  it('under a name that a database or a schema has', async () => {
    const { warehouse, session, prod } = await opened();
    await session.execute('create schema "mine"');
    const other = closing(await openDuckDb({ path: prod }));
    const inOther = await other.openSession();
    await inOther.execute('create schema "theirs"');
    await inOther.close();
    await other.close();
    for (const [alias, what] of [
      ['dev', 'a database'],
      ['TEMP', 'a database'],
      ['mine', 'a schema'],
      ['Staging', 'a schema'],
      ['theirs', 'a schema'],
      ['main', 'a schema'],
    ] as const) {
      await expect(attach(warehouse, alias, prod)).rejects.toMatchObject({
        code: 'ATTACH_ALIAS',
        message: `'${alias}' is the name of ${what} already.`,
        exitCode: 2,
      });
    }
    await attach(warehouse, 'prod', prod);
    expect(await session.query('select owner from staging.v')).toEqual([{ owner: 'dev' }]);
  });

  it('when it is open here already, by whatever path', async () => {
    const { warehouse, folder, prod } = await opened();
    const link = join(folder, 'link.duckdb');
    symlinkSync(join(folder, 'dev.duckdb'), link);
    await attach(warehouse, 'prod', prod);
    for (const [path, name] of [
      [warehouse.place, 'dev'],
      [link, 'dev'],
      [prod, 'prod'],
    ] as const) {
      await expect(attach(warehouse, 'other', path)).rejects.toMatchObject({
        code: 'ATTACH_FILE',
        message: `The DuckDB file to read as 'other' is open as '${name}'.`,
      });
    }
  });
});
