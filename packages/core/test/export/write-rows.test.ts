import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  date,
  double,
  ExportFolder,
  integer,
  openDuckDb,
  placeError,
  text,
  timestamp,
  uuid,
  withSession,
  writeRows,
} from '../../src/index.js';
import { temporaryFolder } from '../support/files.js';
import { smallDisk } from '../support/small-disk.js';

const columns = {
  id: integer(),
  kind: text().acceptedValues(['a', "b'c"]),
  key: uuid(),
  day: date().nullable(),
  sold_at: timestamp(),
  share: double(),
};
const query = `
select i as id, cast(if(i = 1, 'a', 'b''c') as enum('a', 'b''c')) as kind, cast('00000000-0000-0000-0000-00000000000' || i as uuid) as key,
  if(i = 1, null, date '2024-02-29') as day, timestamp '2024-02-29 12:00:00.5' as sold_at, i / 4 as share
from range(1, 3) as numbers(i)`;
const ROWS = [
  {
    id: 1,
    kind: 'a',
    key: '00000000-0000-0000-0000-000000000001',
    day: null,
    sold_at: '2024-02-29 12:00:00.5',
    share: 0.25,
  },
  {
    id: 2,
    kind: "b'c",
    key: '00000000-0000-0000-0000-000000000002',
    day: '2024-02-29',
    sold_at: '2024-02-29 12:00:00.5',
    share: 0.5,
  },
];

async function write(dialect: 'duckdb' | 'snowflake', format: 'parquet' | 'csv') {
  const path = join(temporaryFolder(), 'sub', `rows.${format}`);
  const warehouse = await openDuckDb({ path: ':memory:' });
  try {
    return await withSession(warehouse, async (session) => {
      // Any session will do for another engine: its rows pass through, whoever gives them.
      const count = await writeRows({ dialect }, session, { query, columns }, { path, format });
      const rows = await session.query(
        `select * replace (cast(sold_at as varchar) as sold_at) from '${path}' order by id`,
      );
      const types = await session.describe(`select * from '${path}'`);
      return { path, count, rows, types: types.map(({ type }) => type) };
    });
  } finally {
    await warehouse.close();
  }
}

test.each(['duckdb', 'snowflake'] as const)(
  'rows of %s are written to Parquet with plain types, and nothing else is left',
  async (dialect) => {
    const { path, count, rows, types } = await write(dialect, 'parquet');
    expect(count).toBe(2);
    expect(rows).toEqual(ROWS);
    expect(types).toEqual(['BIGINT', 'VARCHAR', 'VARCHAR', 'DATE', 'TIMESTAMP', 'DOUBLE']);
    expect(readdirSync(join(path, '..'))).toEqual(['rows.parquet']);
  },
);

test.each(['duckdb', 'snowflake'] as const)(
  'rows of %s are written to CSV with a header',
  async (dialect) => {
    const { path } = await write(dialect, 'csv');
    expect(readFileSync(path, 'utf8').split('\n').slice(0, 2)).toEqual([
      'id,kind,key,day,sold_at,share',
      '1,a,00000000-0000-0000-0000-000000000001,,2024-02-29 12:00:00.5,0.25',
    ]);
  },
);

test('a file that cannot be written leaves the one before it', async () => {
  const path = join(temporaryFolder({ 'rows.csv': 'before' }), 'rows.csv');
  const warehouse = await openDuckDb({ path: ':memory:' });
  const rows = { query: "select cast('x' as integer) as id", columns: { id: integer() } };
  await withSession(warehouse, async (session) => {
    await expect(writeRows(warehouse, session, rows, { path, format: 'csv' })).rejects.toThrow(
      'Could not convert',
    );
  });
  await warehouse.close();
  expect(readFileSync(path, 'utf8')).toBe('before');
});

test('a file that is no export is not replaced, one that is may be', () => {
  const path = temporaryFolder({ 'mine.csv': 'mine' });
  const folder = new ExportFolder(path);
  expect(() => folder.claim('mine.csv')).toThrow(expect.objectContaining({ code: 'EXPORT_EXISTS' }));
  writeFileSync(folder.claim('rows.csv'), 'rows');
  expect(() => folder.claim('rows.csv')).toThrow(expect.objectContaining({ code: 'EXPORT_EXISTS' }));
  folder.record('rows.csv');
  expect(new ExportFolder(path).claim('rows.csv')).toBe(join(path, 'rows.csv'));
});

async function writeTo(path: string, more: { readonly query?: string; readonly signal?: AbortSignal } = {}) {
  const warehouse = await openDuckDb({ path: ':memory:' });
  const { query = 'select 1 as id', signal } = more;
  const rows = { query, columns: { id: integer() } };
  return withSession(warehouse, (session) =>
    writeRows(warehouse, session, rows, { path, format: 'csv', signal }),
  ).finally(() => warehouse.close());
}

test.each([
  ['below a file', 'file/rows.csv', 'A file stands where a folder would have to be.'],
  ['in the place of a folder', 'folder', 'A folder stands where a file would have to be.'],
  ['under a name that is too long', 'x'.repeat(300), 'The name is too long.'],
])('a place %s is refused before anything is read', async (_, name, message) => {
  const folder = temporaryFolder({ file: '', 'folder/kept': '' });
  const path = join(folder, name);
  const thrown = await writeTo(path).catch((error: unknown) => error);
  expect(thrown).toMatchObject({ code: 'OUT_PLACE', exitCode: 2, message, location: { file: path } });
  expect(readdirSync(folder).sort()).toEqual(['file', 'folder']);
});

test('names with odd characters are names', async () => {
  const folder = join(temporaryFolder(), `it's "odd" [a]*? 100%25 ünï {x} #;`);
  expect(await writeTo(join(folder, 'rows.csv'))).toBe(1);
  expect(readFileSync(join(folder, 'rows.csv'), 'utf8')).toBe('id\n1\n');
});

test('an interruption leaves the file before it and nothing else', async () => {
  const path = join(temporaryFolder({ 'rows.csv': 'before' }), 'rows.csv');
  const interrupts = new AbortController();
  setTimeout(() => interrupts.abort(), 200);
  const query =
    'select count(*) as id from range(3000000) as a, range(3000000) as b where hash(a.range, b.range) = 7';
  await expect(writeTo(path, { query, signal: interrupts.signal })).rejects.toMatchObject({
    code: 'RUN_INTERRUPTED',
  });
  await expect(writeTo(path, { signal: interrupts.signal })).rejects.toMatchObject({
    code: 'RUN_INTERRUPTED',
  });
  expect(readFileSync(path, 'utf8')).toBe('before');
  expect(readdirSync(join(path, '..'))).toEqual(['rows.csv']);
});

test('what killed processes have left is taken away, what running ones write is not', async () => {
  const folder = temporaryFolder({ 'rows.csv.tmp-4194999': '', [`rows.csv.tmp-${process.ppid}`]: '' });
  await writeTo(join(folder, 'rows.csv'));
  expect(readdirSync(folder).sort()).toEqual(['rows.csv', `rows.csv.tmp-${process.ppid}`]);
});

test('a full disk is told of, whoever finds it', () => {
  for (const code of ['ENOSPC', 'EDQUOT', 'WAREHOUSE_DISK_FULL'])
    expect(placeError(Object.assign(new Error('no space'), { code }), '/x')).toMatchObject({
      code: 'OUT_DISK_FULL',
      location: { file: '/x' },
    });
  const other = new Error('something else');
  expect(placeError(other, '/x')).toBe(other);
});

test('a disk that fills up leaves the file before it', async (context) => {
  const folder = smallDisk('2M');
  if (folder === undefined) return context.skip('Nobody may mount a small disk here.');
  const path = join(folder, 'rows.csv');
  writeFileSync(path, 'before');
  const query = 'select i as id from range(2000000) as numbers(i)';
  await expect(writeTo(path, { query })).rejects.toMatchObject({ code: 'OUT_DISK_FULL', exitCode: 1 });
  expect(readFileSync(path, 'utf8')).toBe('before');
  expect(readdirSync(folder)).toEqual(['rows.csv']);
});

test('of two exports to a folder each remembers the files of the other', () => {
  const path = temporaryFolder();
  const [one, two] = [new ExportFolder(path), new ExportFolder(path)];
  for (const [folder, file] of [
    [one, 'a.csv'],
    [two, 'b.csv'],
  ] as const) {
    writeFileSync(folder.claim(file), '');
    folder.record(file);
  }
  const later = new ExportFolder(path);
  expect([later.claim('a.csv'), later.claim('b.csv')]).toEqual([join(path, 'a.csv'), join(path, 'b.csv')]);
});
