import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  date,
  double,
  ExportFolder,
  integer,
  openDuckDb,
  text,
  timestamp,
  uuid,
  withSession,
  writeRows,
} from '../../src/index.js';
import { temporaryFolder } from '../support/files.js';

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
