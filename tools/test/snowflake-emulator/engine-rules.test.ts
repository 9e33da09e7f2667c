import { setTimeout as wait } from 'node:timers/promises';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openEngine, openSession, type TestSession } from './engine-session.js';

let s: TestSession;
beforeAll(async () => {
  s = await openEngine();
});
afterAll(() => s.engine.close());

describe('names', () => {
  test('unquoted names fold to upper case; "a" and A are two columns', async () => {
    await s.run('create or replace table names (A number, "a" number, "Mixed Case" number)');
    await s.run('insert into NAMES values (1, 2, 3)');
    const result = await s.run('select a, "a", "Mixed Case" as x from names');
    expect(result.columns.map(({ name }) => name)).toEqual(['A', 'a', 'X']);
    expect(result.rows).toEqual([[1n, 2n, 3n]]);
    expect(await s.failure('select "mixed case" from names')).toBe(
      '000904 42000 SQL compilation error: error line 1 at position 7\ninvalid identifier \'"mixed case"\'',
    );
  });

  test('what is not there is said with its code', async () => {
    expect(await s.failure('select * from nothing')).toBe(
      "002003 42S02 SQL compilation error:\nObject 'NOTHING' does not exist or not authorized.",
    );
    expect(await s.failure('drop table nothing')).toContain(
      "002003 42S02 SQL compilation error:\nTable 'DB.PUBLIC.NOTHING'",
    );
    expect(await s.failure('create table x.y (a number)')).toContain(
      "002003 02000 SQL compilation error:\nSchema 'DB.X'",
    );
    expect(await s.failure('select b from (select 1 as a) as t, (select 2 as a) as u')).toContain(
      "invalid identifier 'B'",
    );
    expect(await s.failure('select a from (select 1 as a) as t, (select 2 as a) as u')).toContain(
      "ambiguous column name 'A'",
    );
    expect(await s.failure('select 1 +')).toBe(
      "001003 42000 SQL compilation error:\nsyntax error line 1 at position 10 unexpected '<EOF>'.",
    );
  });

  test.each([
    ['select no_such_function(1)', 'the function NO_SUCH_FUNCTION'],
    ['undrop table t', 'the statement UNDROP TABLE'],
    ['create sequence s', 'CREATE SEQUENCE'],
    ['show tables history', 'SHOW TABLES HISTORY'],
    ['show grants on table t', 'SHOW GRANTS other than TO ROLE'],
    ['select 1 group by rollup (a)', 'GROUP BY ROLLUP'],
    ['alter session set week_start = 1', 'WEEK_START = 1'],
  ])('%s is refused by name', async (sql, what) => {
    expect(await s.failure(sql)).toBe(`099999 0A000 The emulator does not know ${what}.`);
  });

  test('several statements in one request are refused', async () => {
    expect(await s.failure('select 1; select 2')).toMatch(/^000008 0A000 Actual statement count 2/);
    expect(await s.value('select 1;')).toBe(1n);
  });
});

describe('values', () => {
  test.each([
    ['1 / 3', '0.333333'],
    ['2 / 3', '0.666667'],
    ['-2 / 3', '-0.666667'],
    ['1.50 * 2.5', '3.750'],
    ['7 % 3', 1n],
    ['-7 % 3', -1n],
    ['99999999999999999999999999999999999999', 99999999999999999999999999999999999999n],
    ['round(2.5)', 3n],
    ['2.5::number', 3n],
    ['-2.5::double::number', -3n],
    ["'12'::number(5,1)", '12.0'],
    ['4::double::varchar', '4'],
    ["to_timestamp_ntz('2020-01-01')::varchar", '2020-01-01 00:00:00.000'],
    ['div0(1, 0)', '0.000000'],
    ["concat('a', null)", null],
    ['greatest(1, null)', null],
    ['nvl(null, 2)', 2n],
    ["dayofweek(date '2024-01-07')", 0n],
    ["dayofweekiso(date '2024-01-07')", 7n],
    ["dateadd(month, 1, date '2024-01-31')", '2024-02-29'],
    ["datediff('day', '2023-12-31'::timestamp, '2024-01-01'::timestamp)", 1n],
    ["try_to_number('x')", null],
    ["'1' = 1.0", true],
    ["md5_number_lower64('a')", 3585878926028121697n],
    ["regexp_replace('abc', '(.)(.)', '\\\\2\\\\1')", 'bac'],
    ["split('a|b', '|')[1]::varchar", 'b'],
    ['parse_json(\'{"a": {"b": 5}}\'):a.b::number', 5n],
  ])('%s is %s', async (sql, value) => {
    expect(await s.value(`select ${sql}`)).toBe(value);
  });

  test.each([
    ['1 / 0', '100051 22012 Division by zero'],
    ['1.0 % 0', '100051 22012 Division by zero'],
    ["'abc'::number", "100038 22018 Numeric value 'abc' is not recognized"],
    ["'abc' = 1", "100038 22018 Numeric value 'abc' is not recognized"],
    ["'2020-13-01'::date", "100040 22007 Date '2020-13-01' is not recognized"],
    ['12345::number(3, 0)', "100039 22003 Numeric value '12345' is out of range"],
  ])('%s fails', async (sql, message) => {
    expect(await s.failure(`select ${sql}`)).toBe(message);
  });

  test("the types of results have Snowflake's precision and scale", async () => {
    const { columns } = await s.run(
      'select count(*), sum(a), avg(a), a, 1.5, avg(d) from (select 1::number as a, 1::double as d) as t group by a',
    );
    expect(columns.map(({ type, precision, scale }) => [type, precision, scale])).toEqual([
      ['fixed', 18, 0],
      ['fixed', 38, 0],
      ['fixed', 38, 6],
      ['fixed', 38, 0],
      ['fixed', 2, 1],
      ['real', undefined, undefined],
    ]);
  });

  test('aggregates of nothing', async () => {
    expect(
      await s.rows('select listagg(x), array_agg(x), sum(x), count(x) from (select 1 as x where false) as t'),
    ).toEqual([['', '[]', null, 0n]]);
  });

  test('nulls come last ascending and first descending, wherever an order is given', async () => {
    const values = fc.array(fc.option(fc.integer({ min: 0, max: 3 })), { minLength: 1, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(values, fc.boolean(), async (list, descending) => {
        const from = `(values ${list.map((value) => `(${value}::number)`).join(', ')}) as t(x)`;
        const direction = descending ? 'desc' : 'asc';
        const sorted = list.filter((value) => value !== null).sort((a, b) => (descending ? b - a : a - b));
        const nulls = list.filter((value) => value === null);
        const expected = (descending ? [...nulls, ...sorted] : [...sorted, ...nulls]).map((value) =>
          value === null ? null : BigInt(value),
        );
        expect((await s.rows(`select x from ${from} order by x ${direction}`)).map(([x]) => x)).toEqual(
          expected,
        );
        expect(
          (
            await s.rows(`select x, row_number() over (order by x ${direction}) as n from ${from} order by n`)
          ).map(([x]) => x),
        ).toEqual(expected);
      }),
      { numRuns: 20 },
    );
  });

  test('LAST_VALUE without a frame looks at the whole partition', async () => {
    expect(await s.rows('select last_value(x) over (order by x) from (values (1), (2)) as t(x)')).toEqual([
      [2n],
      [2n],
    ]);
  });

  test('binds, single and as arrays', async () => {
    const result = await s.run(
      'select ?, ? + 1, ?::date',
      { type: 'TEXT', value: "it's" },
      { type: 'FIXED', value: '41' },
      { type: 'TEXT', value: null },
    );
    expect(result.rows).toEqual([["it's", 42n, null]]);
    await s.run('create or replace table bound (a number, b varchar)');
    await s.run(
      'insert into bound values (?, ?)',
      { type: 'FIXED', value: ['1', '2'] },
      { type: 'TEXT', value: ['x', null] },
    );
    expect(await s.rows('select * from bound order by a')).toEqual([
      [1n, 'x'],
      [2n, null],
    ]);
  });
});

describe('DML', () => {
  test('counts are answered under their names; a null that must not be is refused; keys are not enforced', async () => {
    await s.run("create or replace table dml (id number primary key, v varchar(3) default 'd')");
    const { columns, rows, statementTypeId } = await s.run('insert into dml (id) values (1), (1)');
    expect([columns[0]?.name, rows, statementTypeId]).toEqual(['number of rows inserted', [[2n]], 12544]);
    expect(await s.failure('insert into dml (id) values (null)')).toBe(
      '100072 22000 NULL result in a non-nullable column',
    );
    expect(await s.failure("insert into dml values (1, 'long')")).toBe(
      "100078 22000 String 'long' is too long and would be truncated",
    );
    expect(await s.failure('insert into dml values (1)')).toContain('expecting 2 but got 1');
    expect((await s.run("update dml set v = 'x' where id = 1")).rows).toEqual([[2n, 0n]]);
    expect((await s.run('delete from dml using (select 1 as k) as o where dml.id = o.k')).rows).toEqual([
      [2n],
    ]);
  });

  test('MERGE updates, deletes and inserts; a row that two would update fails and leaves all as it was', async () => {
    await s.run(
      "create or replace table target as select column1 as id, column2 as v from values (1, 'a'), (2, 'b'), (3, 'c')",
    );
    const merge = (source: string) => `merge into target as t using (${source}) as s on t.id = s.id
      when matched and s.v is null then delete when matched then update set v = s.v when not matched then insert (id, v) values (s.id, s.v)`;
    const { columns, rows } = await s.run(
      merge("select column1 as id, column2 as v from values (1, null), (2, 'B'), (4, 'D')"),
    );
    expect(columns.map(({ name }) => name)).toEqual([
      'number of rows inserted',
      'number of rows updated',
      'number of rows deleted',
    ]);
    expect(rows).toEqual([[1n, 1n, 1n]]);
    const after = [
      [2n, 'B'],
      [3n, 'c'],
      [4n, 'D'],
    ];
    expect(await s.rows('select * from target order by id')).toEqual(after);
    expect(await s.failure(merge("select column1 as id, column2 as v from values (3, 'x'), (3, 'y')"))).toBe(
      '100090 42P18 Duplicate row detected during DML action\nRow Values: [3, c]',
    );
    expect(await s.rows('select * from target order by id')).toEqual(after);
    await s.run(merge("select column1 as id, column2 as v from values (9, 'x'), (9, 'y')"));
    expect(await s.value('select count(*) from target where id = 9')).toBe(2n);
  });
});

describe('transactions', () => {
  test('a rollback takes DML back; DDL commits what is open', async () => {
    await s.run('create or replace table tx (a number)');
    await s.run('begin transaction');
    await s.run('insert into tx values (1)');
    await s.run('rollback');
    expect(await s.value('select count(*) from tx')).toBe(0n);
    await s.run('begin');
    await s.run('insert into tx values (1)');
    await s.run('create or replace table tx2 (a number)');
    await s.run('rollback');
    expect(await s.value('select count(*) from tx')).toBe(1n);
  });

  test('others see what is committed; who would change the same table waits, and gives up after LOCK_TIMEOUT', async () => {
    const other = await openSession(s.engine);
    await s.run('create or replace table shared as select 1::number as a');
    await s.run('begin');
    await s.run('update shared set a = 2');
    expect(await other.value('select a from shared')).toBe(1n);
    await other.run('alter session set lock_timeout = 0');
    expect(await other.failure('update shared set a = 3')).toMatch(/^000625 57014/);
    await other.run('alter session set lock_timeout = 10');
    const waiting = other.run('update shared set a = a + 10');
    await s.run('commit');
    await waiting;
    expect(await s.value('select a from shared')).toBe(12n);
    await other.session.close();
  });

  test('a transaction that stands still is ended once others wait for its locks, and no sooner', async () => {
    const idle = await openEngine({ idleTransactionSeconds: 0.2 });
    const other = await openSession(idle.engine);
    await idle.run('create or replace table left_open as select 1::number as a');
    await idle.run('begin');
    await idle.run('update left_open set a = 2');
    await wait(300);
    expect(idle.session.isInTransaction).toBe(true);
    await other.run('update left_open set a = a + 10');
    expect(idle.session.isInTransaction).toBe(false);
    expect(await idle.value('select a from left_open')).toBe(11n);
    await other.session.close();
    await idle.session.close();
    await idle.engine.close();
  });

  test('a transaction does not go on after a statement of it failed and others had written', async () => {
    await s.run('create or replace table spoilt (a number)');
    await s.run('begin');
    await s.run('insert into spoilt values (1)');
    expect(await s.failure("insert into spoilt select 'x'")).toMatch(/^100038/);
    expect(await s.failure('commit')).toContain('a transaction that goes on after a statement of it failed');
    await s.run('rollback');
    expect(await s.value('select count(*) from spoilt')).toBe(0n);
  });

  test("temporary tables are the session's own and hide others", async () => {
    const other = await openSession(s.engine);
    await s.run('create or replace table hidden as select 1 as a');
    await s.run('create temporary table hidden as select 2 as a');
    expect(await s.value('select a from hidden')).toBe(2n);
    expect(await other.value('select a from hidden')).toBe(1n);
    await s.run('drop table hidden');
    expect(await s.value('select a from hidden')).toBe(1n);
    await other.session.close();
  });

  test('a statement that is given up answers 000604', async () => {
    const controller = new AbortController();
    const sql =
      'select count(*) from table(generator(rowcount => 100000)) as a, table(generator(rowcount => 100000)) as b, table(generator(rowcount => 100000)) as c where hash(seq8()) = 1';
    const slow = s.session.execute({
      queryId: 'slow',
      sql: sql.replace('where hash(seq8()) = 1', ''),
      binds: [],
      describeOnly: false,
      parameters: {},
      signal: controller.signal,
    });
    setTimeout(() => controller.abort(), 50);
    await expect(slow).rejects.toMatchObject({ code: '000604', sqlState: '57014' });
  });
});

describe('objects', () => {
  test('swap exchanges two tables, rename moves one, and comments go along', async () => {
    await s.run("create or replace transient table one comment = 'first' as select 1 as a");
    await s.run('create or replace table two as select 2 as a');
    await s.run('alter table one swap with two');
    expect([await s.value('select a from one'), await s.value('select a from two')]).toEqual([2n, 1n]);
    await s.run('alter table two rename to three');
    expect(
      await s
        .rows("show tables like 'three'")
        .then((rows) => rows.map((row) => [row[1], row[4], row[5], row[7]])),
    ).toEqual([['THREE', 'TRANSIENT', 'first', 1n]]);
    expect(await s.failure('alter table three rename to one')).toMatch(
      /^002002 42710 .*\nObject 'DB.PUBLIC.ONE' already exists/,
    );
  });

  test('every role owns every schema, for privileges are not emulated', async () => {
    expect(await s.rows('show grants to role "ANYBODY"')).toContainEqual([
      ...['OWNERSHIP', 'SCHEMA', 'DB.PUBLIC'],
      ...['ROLE', 'ANYBODY'],
    ]);
  });

  test('a query that fails leaves the table that was to be replaced', async () => {
    await s.run('create or replace table kept as select 1 as a');
    expect(await s.failure('create or replace table kept as select 1 / 0 as a')).toMatch(/^100051/);
    expect(await s.value('select a from kept')).toBe(1n);
  });

  test('columns are added, renamed and dropped; DESCRIBE tells them', async () => {
    await s.run("create or replace table cols (a number(10,2) not null comment 'first')");
    await s.run('insert into cols values (1)');
    await s.run("alter table cols add column b varchar default 'x', c timestamp_ntz(6)");
    await s.run('alter table cols rename column b to d');
    expect(await s.rows('select * from cols')).toEqual([['1.00', 'x', null]]);
    await s.run('alter table cols drop column c');
    expect((await s.rows('describe table cols')).map((row) => [row[0], row[1], row[3], row[9]])).toEqual([
      ['A', 'NUMBER(10,2)', 'N', 'first'],
      ['D', 'VARCHAR(16777216)', 'Y', null],
    ]);
    expect(
      await s.rows(
        "select column_name, data_type, is_nullable from information_schema.columns where table_name = 'COLS' order by ordinal_position",
      ),
    ).toEqual([
      ['A', 'NUMBER', 'NO'],
      ['D', 'TEXT', 'YES'],
    ]);
  });

  test('a view is read by its text, in its own schema, and says when its columns are no longer those declared', async () => {
    await s.run('create schema elsewhere');
    await s.run('create or replace table base as select 1 as a');
    await s.run("create view seen comment = 'c' as select * from base");
    await s.run('use schema public');
    expect(await s.value('select a from elsewhere.seen')).toBe(1n);
    await s.run('alter table elsewhere.base add column b number');
    expect(await s.failure('select * from elsewhere.seen')).toMatch(
      /^002057 42601 .*\nView definition for 'DB.ELSEWHERE.SEEN' declared 1 column/,
    );
    await s.run('drop schema elsewhere cascade');
    expect(await s.failure('use schema elsewhere')).toMatch(/^002043 02000/);
    await s.run('use schema db.public');
  });

  test('RESULT_SCAN reads what the last statement answered', async () => {
    await s.run('create or replace table scanned as select 1 as a');
    await s.run("show tables like 'scanned'");
    expect(await s.rows('select "name", "rows" from table(result_scan(last_query_id()))')).toEqual([
      ['SCANNED', 1n],
    ]);
  });
});
