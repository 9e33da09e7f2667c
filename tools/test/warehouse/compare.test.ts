import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { compareWarehouse, reading } from './compare.js';
import { expectedTable } from './oracle/table.js';

const expected = [
  expectedTable(
    'content.stats',
    'table',
    { movie_id: 'int', level: 'text', day: 'date', seen: 'timestamp', avg_rating: 'double' },
    [
      { movie_id: 1, level: 'high', day: '2012-02-29', seen: '2012-02-29 23:59:59', avg_rating: 13 / 3 },
      { movie_id: 2n ** 60n, level: 'low', day: '1969-12-31', seen: '1969-12-31 00:00:00', avg_rating: null },
    ],
  ),
];

const good = `create table content.stats as
  select cast(1 as bigint) as movie_id, cast('high' as enum('low', 'high')) as level, date '2012-02-29' as day,
    timestamp '2012-02-29 23:59:59' as seen, cast(13 as double) / 3 + 1e-12 as avg_rating, 'a file' as _file
  union all
  select 1152921504606846976, 'low', date '1969-12-31', timestamp '1969-12-31', null, 'a file'`;

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'matinee-compare-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

async function differences(...statements: string[]): Promise<string[]> {
  const file = join(folder, 'w.duckdb');
  const instance = await DuckDBInstance.create(file);
  const connection = await instance.connect();
  for (const statement of ['create schema content', ...statements]) await connection.run(statement);
  connection.closeSync();
  instance.closeSync();
  return reading(file, (opened) => compareWarehouse(opened, expected));
}

it('is content with equal rows in any order, own schemas, and doubles that differ in their last bits', async () => {
  expect(await differences(good, 'create schema _matinee', 'create table _matinee.runs (id int)')).toEqual(
    [],
  );
});

it('tells of missing and left-over relations', async () => {
  expect(await differences('create table content.stats__candidate (id int)')).toEqual([
    'missing: table content.stats',
    'left over: table content.stats__candidate',
  ]);
});

it('tells of a view where a table should be', async () => {
  expect(await differences(good.replace('table', 'view'))).toEqual([
    'missing: table content.stats',
    'left over: view content.stats',
  ]);
});

it('tells of other names, orders and types of columns', async () => {
  expect(await differences(good.replaceAll('avg_rating', 'average'))).toEqual([
    'table content.stats has the columns movie_id, level, day, seen, average, expected movie_id, level, day, seen, avg_rating',
  ]);
  await rm(join(folder, 'w.duckdb'));
  expect(await differences(good, `alter table content.stats alter seen type timestamptz`)).toEqual([
    'table content.stats: seen has the type TIMESTAMP WITH TIME ZONE, expected timestamp',
  ]);
});

it.each([
  ['avg_rating = 4.3334 where movie_id = 1', 'avg_rating differs'],
  ['avg_rating = 0 where movie_id <> 1', 'avg_rating differs'],
  [`level = 'low'`, 'level differs'],
  ['movie_id = movie_id + 1 where movie_id <> 1', 'movie_id differs'],
  [`seen = seen + interval 1 second`, 'seen differs'],
  [`day = day + interval 1 day`, 'day differs'],
])('sees the change %s', async (change, complaint) => {
  expect((await differences(good, `update content.stats set ${change}`))[0]).toContain(complaint);
});

it('counts rows', async () => {
  const found = await differences(
    good,
    'insert into content.stats select * from content.stats where movie_id = 1',
  );
  expect(found[0]).toBe('table content.stats: 3 rows, expected 2');
});
