import type { WarehouseValue } from '@matinee/core';
import { describe, expect, it } from 'vitest';
import { type ResultColumn, type ResultValue, SnowflakeError } from '../../src/snowflake-emulator/engine.js';
import { changed, column, endless, one, openSession, rows, site } from './support.js';

const ts = (text: string) => BigInt(Date.parse(`${text}Z`)) * 1_000_000n;

describe('a value', () => {
  it.each<[string, ResultColumn['type'], Partial<ResultColumn>, ResultValue, WarehouseValue]>([
    ['an integer', 'fixed', { precision: 38, scale: 0 }, 42n, 42],
    ['the largest safe integer', 'fixed', { precision: 38, scale: 0 }, 9007199254740991n, 2 ** 53 - 1],
    ['an integer past that', 'fixed', { precision: 38, scale: 0 }, 9007199254740993n, 9007199254740993n],
    ['a negative one', 'fixed', { precision: 38, scale: 0 }, -9007199254740993n, -9007199254740993n],
    ['38 digits', 'fixed', { precision: 38, scale: 0 }, 10n ** 38n - 1n, 10n ** 38n - 1n],
    ['a decimal', 'fixed', { precision: 10, scale: 2 }, '1.25', 1.25],
    [
      'a decimal of 28 digits',
      'fixed',
      { precision: 38, scale: 9 },
      '-1234567890123456789.123456789',
      '-1234567890123456789.123456789',
    ],
    ['a decimal with zeros', 'fixed', { precision: 38, scale: 12 }, '-12000000.500000000000', -12000000.5],
    ['a double with 17 digits', 'real', {}, 0.1 + 0.2, 0.30000000000000004],
    ['a tiny double', 'real', {}, 5e-324, 5e-324],
    ['text', 'text', {}, 'Amélie 🎬', 'Amélie 🎬'],
    ['empty text', 'text', {}, '', ''],
    ['the text NULL', 'text', {}, 'NULL', 'NULL'],
    ['true', 'boolean', {}, true, true],
    ['false', 'boolean', {}, false, false],
    ['a date', 'date', {}, '2024-02-29', '2024-02-29'],
    ['a date before 1970', 'date', {}, '1899-12-31', '1899-12-31'],
    ['a timestamp', 'timestamp_ntz', { scale: 9 }, ts('2024-02-29T12:30:00'), '2024-02-29 12:30:00'],
    [
      'microseconds',
      'timestamp_ntz',
      { scale: 9 },
      ts('2024-02-29T12:30:00') + 123_456_000n,
      '2024-02-29 12:30:00.123456',
    ],
    [
      'a tenth of a second',
      'timestamp_ntz',
      { scale: 9 },
      ts('2024-02-29T12:30:00') + 500_000_000n,
      '2024-02-29 12:30:00.5',
    ],
    ['just before 1970', 'timestamp_ntz', { scale: 9 }, -1_000n, '1969-12-31 23:59:59.999999'],
    ['a time', 'time', { scale: 9 }, 37_230_000_000_000n, '10:20:30'],
    ['bytes', 'binary', {}, 'AA0041', '\\xAA\\x00A'],
    ['JSON', 'variant', {}, '{"a":[1,null]}', '{"a":[1,null]}'],
    ['null of a number', 'fixed', { precision: 38, scale: 0 }, null, null],
    ['null of a double', 'real', {}, null, null],
    ['null of a text', 'text', {}, null, null],
    ['null of a timestamp', 'timestamp_ntz', { scale: 9 }, null, null],
  ])('%s is handed out plainly', async (_, type, more, given, value) => {
    const session = await openSession(await site({ q: rows([column('V', type, more)], [[given]]) }));
    expect(await session.query('q')).toEqual([{ v: value }]);
  });

  it('of a zoned timestamp is told in UTC', async () => {
    const at = ts('2024-02-29T10:00:00');
    const session = await openSession(
      await site({ q: rows([column('V', 'timestamp_ltz', { scale: 9 })], [[at]]) }),
    );
    expect(await session.query('q')).toEqual([{ v: '2024-02-29 10:00:00+00' }]);
  });

  it('comes in rows by the thousand, in the order they were sent', async () => {
    const many = Array.from({ length: 5000 }, (_, index) => [BigInt(index), `film ${index}`]);
    const columns = [column('ID', 'fixed', { precision: 38, scale: 0 }), column('Title', 'text')];
    const chunkSizes = { inline: 1000, chunk: 20_000, key: 'chunkHeaders' } as const;
    const session = await openSession(await site({ q: rows(columns, many) }, {}, { chunkSizes }));
    const found = await session.query('q');
    expect(found).toEqual(many.map((_, index) => ({ id: index, Title: `film ${index}` })));
  });
});

describe('a session', () => {
  it('logs in with account, user, role, warehouse and database, and works in UTC', async () => {
    const place = await site();
    await openSession(place);
    expect(place.engine.opened).toMatchObject([
      { user: 'ANNA', role: 'BUILDER', warehouse: 'SMALL', database: 'FILMS' },
    ]);
    expect(place.emulator.log.map(({ sql }) => sql)).toEqual([
      "alter session set TIMEZONE = 'UTC' TIMESTAMP_TYPE_MAPPING = 'TIMESTAMP_NTZ' DATE_OUTPUT_FORMAT = 'YYYY-MM-DD' TIME_OUTPUT_FORMAT = 'HH24:MI:SS.FF9' TIMESTAMP_NTZ_OUTPUT_FORMAT = 'YYYY-MM-DD HH24:MI:SS.FF6' BINARY_OUTPUT_FORMAT = 'HEX' WEEK_START = 0 AUTOCOMMIT = true QUOTED_IDENTIFIERS_IGNORE_CASE = false ERROR_ON_NONDETERMINISTIC_MERGE = true ERROR_ON_NONDETERMINISTIC_UPDATE = true ABORT_DETACHED_QUERY = true LOCK_TIMEOUT = 600",
    ]);
    expect(place.warehouse).toMatchObject({
      dialect: 'snowflake',
      place: 'ACME-TEST/FILMS',
      capabilities: { transactionalDdl: false, swap: true, externalStage: true },
    });
  });

  it('runs its statements one after the other, also when they are not awaited', async () => {
    const place = await site({
      create: one(),
      insert: changed({ 'number of rows inserted': 3n }),
      count: one(),
    });
    const session = await openSession(place);
    const order = await Promise.all([
      session.execute('create'),
      session.execute('insert'),
      session.query('count'),
    ]);
    expect(order).toEqual([0, 3, [{ n: 1 }]]);
    expect(place.statements()).toEqual(['create', 'insert', 'count']);
  });

  it.each([
    [{ 'number of rows inserted': 3n, 'number of rows updated': 2n, 'number of rows deleted': 1n }, 6],
    [{ 'number of rows updated': 2n, 'number of multi-joined rows updated': 1n }, 2],
    [{ 'number of rows inserted into A': 2n, 'number of rows inserted into B': 2n }, 4],
    [{ n: 7n }, 0],
  ])('counts rows changed: %o', async (counts, expected) => {
    const session = await openSession(await site({ q: changed(counts as Record<string, bigint>) }));
    expect(await session.execute('q')).toBe(expected);
  });

  it('describes a query without running it', async () => {
    const place = await site(({ describeOnly, sql }) => {
      if (sql !== 'q') return undefined;
      if (!describeOnly) throw new Error('It ran.');
      return rows(
        [
          column('A', 'fixed', { precision: 38, scale: 0 }),
          column('B c', 'text', { length: 20 }),
          column('D', 'fixed', { precision: 2, scale: 1 }),
          column('E', 'real'),
          column('F', 'timestamp_ntz', { scale: 9 }),
          column('G', 'date'),
          column('H', 'boolean'),
        ],
        [],
      );
    });
    const session = await openSession(place);
    expect(await session.describe('q')).toEqual([
      { name: 'a', type: 'NUMBER(38, 0)' },
      { name: 'B c', type: 'VARCHAR' },
      { name: 'd', type: 'NUMBER(2, 1)' },
      { name: 'e', type: 'DOUBLE' },
      { name: 'f', type: 'TIMESTAMP_NTZ(9)' },
      { name: 'g', type: 'DATE' },
      { name: 'h', type: 'BOOLEAN' },
    ]);
  });

  it('says beside each statement what it belongs to', async () => {
    const place = await site({ a: one(), b: one() });
    const session = await openSession(place);
    await session.query('a');
    session.tag?.({ run: 'r-1', node: 'fct_films', package: 'models-content' });
    await session.query('b');
    expect(place.emulator.log.map(({ queryTag }) => queryTag)).toEqual([
      '{"tool":"matinee"}',
      '{"tool":"matinee"}',
      '{"tool":"matinee","run":"r-1","node":"fct_films","package":"models-content"}',
    ]);
  });

  it('is interrupted: the statement fails, the next one runs', async () => {
    const place = await site(({ sql, ...request }) =>
      sql === 'slow' ? endless({ sql, ...request }) : sql === 'q' ? one() : undefined,
    );
    const session = await openSession(place);
    session.interrupt();
    const slow = session.query('slow');
    setTimeout(() => session.interrupt(), 200);
    await expect(slow).rejects.toMatchObject({
      name: 'StatementError',
      code: 'STATEMENT_INTERRUPTED',
      message: 'The statement was interrupted.',
    });
    expect(await session.query('q')).toEqual([{ n: 1 }]);
    expect(place.engine.opened).toHaveLength(1);
  });

  it('ends on the server when it is closed', async () => {
    const place = await site();
    const session = await place.warehouse.openSession();
    expect(place.emulator.sessions).toHaveLength(1);
    await session.close();
    expect(place.emulator.sessions).toHaveLength(0);
  });
});

describe('the catalog', () => {
  const objects = [column('name', 'text'), column('kind', 'text'), column('comment', 'text')];
  const answer = ({ sql }: { readonly sql: string }) => {
    if (sql.startsWith('show') && sql.includes('"GONE"')) {
      throw new SnowflakeError(
        '002043',
        '02000',
        'SQL compilation error:\nObject does not exist, or operation cannot be performed.',
      );
    }
    if (sql.startsWith('show objects')) {
      return rows(objects, [
        ['FCT_FILMS', 'TABLE', 'Films.'],
        ['SRC_FILMS', 'VIEW', ''],
        ['Films', 'TABLE', ''],
      ]);
    }
    if (!sql.startsWith('show columns')) return undefined;
    return rows(
      [column('table_name', 'text'), column('column_name', 'text')],
      [
        ['FCT_FILMS', 'MOVIE_ID'],
        ['FCT_FILMS', 'TITLE'],
        ['SRC_FILMS', 'MOVIE_ID'],
      ],
    );
  };

  it('is asked schema by schema, and what our names never mean is not there', async () => {
    const place = await site(answer);
    const session = await openSession(place);
    expect(await session.relations(['dev_content', 'GONE', 'dev_content'])).toEqual([
      { schema: 'dev_content', name: 'fct_films', kind: 'table', comment: 'Films.' },
      { schema: 'dev_content', name: 'src_films', kind: 'view' },
    ]);
    expect(await session.columns('dev_content', 'other')).toEqual(
      new Map([
        ['fct_films', new Set(['movie_id', 'title'])],
        ['src_films', new Set(['movie_id'])],
      ]),
    );
    expect(await session.columns('gone')).toEqual(new Map());
    expect(place.statements()).toEqual([
      'show objects in schema "DEV_CONTENT" limit 10000',
      'show objects in schema "GONE" limit 10000',
      'show columns in schema "OTHER"."DEV_CONTENT"',
      'show columns in schema "GONE"',
    ]);
  });

  it('is read to its end where a schema holds more than a page', async () => {
    const place = await site(({ sql }) => {
      if (!sql.startsWith('show')) return undefined;
      const isSecond = sql.includes(" from '");
      const count = isSecond ? 2 : 10_000;
      return rows(
        objects,
        Array.from({ length: count }, (_, index) => [`${isSecond ? 'Z' : 'A'}${index}`, 'TABLE', '']),
      );
    });
    const session = await openSession(place);
    expect(await session.relations(['big'])).toHaveLength(10_002);
    expect(place.statements().at(-1)).toBe(`show objects in schema "BIG" limit 10000 from 'A9999'`);
  });
});
