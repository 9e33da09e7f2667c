/** Rows that leave Snowflake as files, against the same rows of DuckDB. */
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import {
  boolean,
  date,
  double,
  gatherProject,
  integer,
  isRelationNode,
  model,
  Namer,
  openDuckDb,
  type Session,
  sql,
  storedBytes,
  table,
  text,
  timestamp,
  type Warehouse,
  writeRows,
} from '@matinee/core';
import { describe, expect, it, onTestFinished } from 'vitest';
import { temporaryFolder } from '../../../packages/core/test/support/files.js';
import { DuckDbEngine } from '../../src/snowflake-emulator/engine/index.js';
import { column, openSession, rows, site } from './support.js';

/** Several of the stretches that rows are written in. */
const ROWS = 12_000;
/** Many chunks for the first stretch. */
const MANY = 60_000;
const CHUNKS = { inline: 20_000, chunk: 200_000, key: 'chunkHeaders' } as const;

const columns = {
  id: integer(),
  title: text().nullable(),
  share: double().nullable(),
  shown_on: date(),
  shown_at: timestamp(),
  is_new: boolean().nullable(),
};

/** The rows as values of DuckDB; Snowflake gets them from its own statement below. */
const made = (
  count: number,
) => `select i * 9007199254740 as id, case when i % 7 > 0 then 'film "' || i || '", ünique' || chr(10) end as title,
  case when i % 5 > 0 then i / 7.0 end as share, date '1969-01-01' + cast(i % 40000 as integer) as shown_on,
  timestamp '1969-12-31 23:59:59.999999' + to_microseconds(i * 1000003) as shown_at, case when i % 3 > 0 then i % 2 = 0 end as is_new
  from range(${count}) as numbers(i)`;

const query = 'select id, title, share, shown_on, shown_at, is_new from made';

async function duckDb(count = ROWS): Promise<{ readonly warehouse: Warehouse; readonly session: Session }> {
  const warehouse = await openDuckDb({ path: ':memory:' });
  onTestFinished(() => warehouse.close());
  const session = await warehouse.openSession();
  onTestFinished(() => session.close());
  await session.execute(`create table made as ${made(count)}`);
  return { warehouse, session };
}

/** Answers the query with the rows of DuckDB, as Snowflake would send them. */
async function snowflake(from: Session) {
  const made = await from.query(
    `select cast(id as varchar) as id, title, share, cast(shown_on as varchar) as shown_on,
      cast(epoch_us(shown_at) as varchar) as shown_at, is_new from made`,
  );
  const result = rows(
    [
      column('ID', 'fixed', { precision: 38, scale: 0 }),
      column('TITLE', 'text'),
      column('SHARE', 'real'),
      column('SHOWN_ON', 'date'),
      column('SHOWN_AT', 'timestamp_ntz', { scale: 6 }),
      column('IS_NEW', 'boolean'),
    ],
    made.map((row) => [
      BigInt(String(row.id)),
      row.title as string | null,
      row.share as number | null,
      row.shown_on as string,
      BigInt(String(row.shown_at)) * 1000n,
      row.is_new as boolean | null,
    ]),
  );
  const place = await site({ [query]: result }, {}, { chunkSizes: CHUNKS });
  return { warehouse: place.warehouse, session: await openSession(place) };
}

describe('rows of Snowflake', () => {
  it.each(['parquet', 'csv'] as const)('fill the same %s file as those of DuckDB', async (format) => {
    const folder = temporaryFolder();
    const here = await duckDb();
    const there = await snowflake(here.session);
    const paths = [join(folder, `here.${format}`), join(folder, `there.${format}`)] as const;
    const data = { query, columns, ordered: true };
    expect(await writeRows(here.warehouse, here.session, data, { path: paths[0], format })).toBe(ROWS);
    expect(await writeRows(there.warehouse, there.session, data, { path: paths[1], format })).toBe(ROWS);
    const [a, b] = paths.map((path) => `'${path}'`);
    const differing = await here.session.query(
      `(from ${a} except all from ${b}) union all (from ${b} except all from ${a})`,
    );
    expect(differing).toEqual([]);
    expect(await here.session.describe(`from ${b}`)).toEqual(await here.session.describe(`from ${a}`));
  });

  it('are fetched as they are written, not all at once', async () => {
    const here = await duckDb(MANY);
    const { session } = await snowflake(here.session);
    let fetched = 0;
    const count = (message: unknown) => {
      if ((message as { request: IncomingMessage }).request.url?.startsWith('/chunks')) fetched += 1;
    };
    subscribe('http.server.request.start', count);
    const seen: { readonly rows: number; readonly fetched: number }[] = [];
    await session.stream(query, async (stretch) => {
      await new Promise((resolve) => setTimeout(resolve, 20));
      seen.push({ rows: stretch.length, fetched });
    });
    unsubscribe('http.server.request.start', count);
    expect(seen.reduce((sum, stretch) => sum + stretch.rows, 0)).toBe(MANY);
    expect(Math.max(...seen.map((stretch) => stretch.rows))).toBe(5000);
    // By the first stretch there may be the chunk it is from, and some that the driver fetches ahead.
    expect(fetched).toBeGreaterThan(20);
    expect(seen[0]!.fetched).toBeLessThan(10);
  });

  it('stop when whoever takes them fails or is interrupted, and the session goes on', async () => {
    const here = await duckDb();
    const { session } = await snowflake(here.session);
    const failure = new Error('The disk is full.');
    await expect(session.stream(query, () => Promise.reject(failure))).rejects.toBe(failure);
    let stretches = 0;
    const interrupted = session.stream(query, async () => {
      stretches += 1;
      session.interrupt();
    });
    await expect(interrupted).rejects.toMatchObject({ code: 'STATEMENT_INTERRUPTED' });
    expect(stretches).toBe(1);
    let read = 0;
    await session.stream(query, async (stretch) => {
      read += stretch.length;
    });
    expect(read).toBe(ROWS);
  });
});

/** Nodes called films, seen and gone. */
function threeNodes() {
  const query = sql`select 1 as id`;
  const node = (name: string) =>
    model({ name, description: '', materialized: table(), columns: { id: integer() }, query });
  const exports = { films: node('films'), seen: node('seen'), gone: node('gone') };
  const project = gatherProject('/', [
    { package: 'x', domain: 'content', folder: '/no/such/folder', exports },
  ]);
  return [...project.nodes.values()].filter(isRelationNode);
}

describe('what tables take on Snowflake', () => {
  const names = new Namer('snowflake');

  it('is known of each, as its information schema has it', async () => {
    const answer = rows(
      [column('SCHEMA_NAME', 'text'), column('RELATION_NAME', 'text'), column('BYTES', 'fixed')],
      [
        ['CONTENT', 'FILMS', 1024n],
        ['OTHER', 'GONE', 1n],
      ],
    );
    const place = await site(({ sql }) => (sql.includes('information_schema.tables') ? answer : undefined));
    const sizes = await storedBytes(await openSession(place), names, threeNodes());
    expect([...sizes]).toEqual([['films', 1024]]);
  });

  it('is asked for in a statement that the emulator of its SQL understands, which counts nothing', async () => {
    const engine = await DuckDbEngine.open({ databases: ['FILMS'], threads: 1 });
    const { warehouse } = await site({}, { warehouse: 'COMPUTE_WH', role: 'SYSADMIN' }, { engine });
    const session = await openSession({ warehouse });
    await session.execute('create schema "CONTENT"');
    await session.execute('create table "CONTENT"."FILMS" as select 1 as "ID"');
    expect([...(await storedBytes(session, names, threeNodes()))]).toEqual([]);
  });
});
