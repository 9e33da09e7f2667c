import { describe, expect, test } from 'vitest';
import type { StagedFile } from '../../src/snowflake-emulator/engine/index.js';
import { openEngine, openSession } from './engine-session.js';

const file = (path: string, text: string, etag = text): StagedFile => ({
  path,
  etag,
  size: text.length,
  modified: new Date(0),
  read: async () => Buffer.from(text),
});

/** A session with a stage on a bucket of these files, which a test may change. */
async function withFiles(files: StagedFile[]) {
  const session = await openEngine({
    stageFiles: async (url) => {
      expect(url).toBe('s3://bucket/raw/');
      return files;
    },
  });
  await session.run(
    `create stage s url = 's3://bucket/raw/' file_format = (type = csv skip_header = 1 field_optionally_enclosed_by = '"')`,
  );
  await session.run(
    'create table t (id number(38,0) not null, name varchar, at timestamp_ntz(6), file varchar, line number(38,0))',
  );
  return session;
}

const COPY = `copy into t (id, name, at, file, line) from (
  select $1, trim($2), to_timestamp_ntz($3::number), metadata$filename, metadata$file_row_number from @s/)`;

describe('COPY INTO', () => {
  test('fields are transformed, and rows know their file and row', async () => {
    const { rows, run } = await withFiles([file('a.csv', 'id,name,at\n1," a, ""b"" ",0\n2,,1577836800\n')]);
    const result = await run(COPY);
    expect(result.columns.map(({ name }) => name).slice(0, 4)).toEqual([
      'file',
      'status',
      'rows_parsed',
      'rows_loaded',
    ]);
    expect(result.rows).toEqual([
      ['s3://bucket/raw/a.csv', 'LOADED', 2n, 2n, 1n, 0n, null, null, null, null],
    ]);
    expect(await rows('select * from t order by id')).toEqual([
      [1n, 'a, "b"', 0n, 'raw/a.csv', 1n],
      [2n, null, 1_577_836_800_000_000_000n, 'raw/a.csv', 2n],
    ]);
  });

  test('a file is loaded once, until its ETag changes or FORCE is given', async () => {
    const files = [file('a.csv', 'h\n1,a,0\n')];
    const { run, value } = await withFiles(files);
    await run(COPY);
    expect((await run(COPY)).rows).toEqual([['Copy executed with 0 files processed.']]);
    await run(`${COPY} force = true`);
    expect(await value('select count(*) from t')).toBe(2n);
    files[0] = file('a.csv', 'h\n3,c,0\n');
    await run(COPY);
    expect(await value("select listagg(id, ',') within group (order by id) from t")).toBe('1,1,3');
  });

  test('the load history goes with the table that is renamed or swapped, and is lost by truncate and replace', async () => {
    const { run, value } = await withFiles([file('a.csv', 'h\n1,a,0\n')]);
    await run(COPY);
    await run('create table other like t');
    await run('alter table t swap with other');
    await run(COPY);
    expect(await value('select count(*) from t')).toBe(1n);
    await run('alter table t rename to u');
    await run('alter table u rename to t');
    expect((await run(COPY)).rows).toEqual([['Copy executed with 0 files processed.']]);
    await run('truncate table t');
    await run(COPY);
    expect(await value('select count(*) from t')).toBe(1n);
    await run('create or replace table t clone other');
    expect((await run(COPY)).rows).toEqual([['Copy executed with 0 files processed.']]);
    await run('create or replace table t like other');
    expect((await run(COPY)).rows[0]?.[1]).toBe('LOADED');
  });

  test('a rollback takes rows and load history back', async () => {
    const { run, value } = await withFiles([file('a.csv', 'h\n1,a,0\n')]);
    await run('begin');
    await run(COPY);
    await run('rollback');
    expect(await value('select count(*) from t')).toBe(0n);
    expect((await run(COPY)).rows[0]?.[1]).toBe('LOADED');
  });

  const bad = () => [file('a.csv', 'h\n1,a,0\nx,b,0\n3,c,0\n,d,0\n'), file('b.csv', 'h\n5,e,0\n')];

  test('a bad row aborts the statement, and nothing is loaded', async () => {
    const { failure, value } = await withFiles(bad());
    expect(await failure(COPY)).toMatch(
      /^100038 22018 Numeric value 'x' is not recognized\n {2}File 'raw\/a.csv', line 3/,
    );
    expect(await value('select count(*) from t')).toBe(0n);
  });

  test('CONTINUE leaves bad rows out and tells the first', async () => {
    const { run, value } = await withFiles(bad());
    const { rows } = await run(`${COPY} on_error = continue`);
    expect(rows[0]).toEqual([
      's3://bucket/raw/a.csv',
      'PARTIALLY_LOADED',
      4n,
      2n,
      4n,
      2n,
      "Numeric value 'x' is not recognized",
      3n,
      1n,
      null,
    ]);
    expect(rows[1]?.[1]).toBe('LOADED');
    expect(await value('select sum(id) from t')).toBe(9n);
  });

  test('SKIP_FILE leaves the whole file out', async () => {
    const { run, value } = await withFiles(bad());
    expect((await run(`${COPY} on_error = skip_file`)).rows.map((row) => row[1])).toEqual([
      'LOAD_FAILED',
      'LOADED',
    ]);
    expect(await value('select sum(id) from t')).toBe(5n);
  });

  test('files are chosen by name, prefix and pattern', async () => {
    const { run, value, failure } = await withFiles([
      file('x/a.csv', 'h\n1,a,0\n'),
      file('x/b.csv', 'h\n2,b,0\n'),
      file('y/a.csv', 'h\n4,c,0\n'),
    ]);
    await run(`${COPY.replace('@s/', '@s/x/')} files = ('b.csv')`);
    expect(await value('select sum(id) from t')).toBe(2n);
    await run(`${COPY} pattern = '.*/a[.]csv'`);
    expect(await value('select sum(id) from t')).toBe(7n);
    expect(await failure(`${COPY} files = ('none.csv')`)).toContain("'none.csv' was not found");
    expect((await run('list @s/y')).rows[0]?.[0]).toBe('s3://bucket/raw/y/a.csv');
  });

  test('without a transformation the number of fields must be that of the columns', async () => {
    const { run, failure, session, rows } = await openEngine();
    await run('create stage internal');
    await run('create table two (a number, b varchar)');
    await session.putFile('@internal', 'a.csv', Buffer.from('1,a\n2,b,c\n3\n'));
    expect(await failure('copy into two from @internal')).toMatch(
      /^100080 22000 Number of columns in file \(3\)/,
    );
    await run('copy into two from @internal on_error = continue');
    expect(await rows('select * from two')).toEqual([[1n, 'a']]);
    await run(
      'copy into two from @internal force = true file_format = (error_on_column_count_mismatch = false)',
    );
    expect(await rows('select * from two order by a, b')).toEqual([
      [1n, 'a'],
      [1n, 'a'],
      [2n, 'b'],
      [3n, null],
    ]);
  });
});

/** An internal stage that holds a file of these bytes. */
async function withUploaded(bytes: Uint8Array) {
  const session = await openEngine();
  await session.run('create stage uploaded');
  await session.session.putFile('@uploaded', 'a.csv', bytes);
  await session.run('create table lines (line number, content varchar)');
  return session;
}

const LINES =
  'copy into lines from (select metadata$file_row_number, $1 from @uploaded/) on_error = continue file_format = (field_delimiter = none escape_unenclosed_field = none empty_field_as_null = false';

describe('COPY of lines', () => {
  test('without a delimiter takes each as one field', async () => {
    const { run, rows } = await withUploaded(Buffer.from('\ufeffNONE,a\\b\n\n"x\n'));
    await run(`${LINES})`);
    expect(await rows('select * from lines order by line')).toEqual([
      [1n, 'NONE,a\\b'],
      [2n, ''],
      [3n, '"x'],
    ]);
  });

  const damaged = Buffer.from('one\ncaf\u00e9 \xe9\nthree\n', 'latin1');

  test('finds a row in error that is no UTF-8, and the others keep their numbers', async () => {
    const { run, rows } = await withUploaded(damaged);
    expect((await run(`${LINES})`)).rows).toEqual([
      [
        ...['uploaded/a.csv', 'PARTIALLY_LOADED', 3n, 2n, 3n, 1n],
        ...["Invalid UTF8 detected in string 'caf0xE9 0xE9'", 2n, 1n, null],
      ],
    ]);
    expect(await rows('select * from lines order by line')).toEqual([
      [1n, 'one'],
      [3n, 'three'],
    ]);
  });

  test('takes it with a replacement where that is wanted', async () => {
    const { run, rows } = await withUploaded(damaged);
    await run(`${LINES} replace_invalid_characters = true)`);
    expect(await rows('select content from lines where line = 2')).toEqual([['caf\ufffd \ufffd']]);
  });
});

describe('a stage in a query', () => {
  test('is read by the format that is named, or by its own', async () => {
    const { rows, run } = await withFiles([file('x/a.csv', 'h\n1,a\n2,b\n'), file('y.csv', 'h\n3,c\n')]);
    expect(await rows('select $2, metadata$filename from @s order by 1')).toEqual([
      ['a', 'raw/x/a.csv'],
      ['b', 'raw/x/a.csv'],
      ['c', 'raw/y.csv'],
    ]);
    await run('create temporary file format "whole" type = csv field_delimiter = none');
    const head = `select $1 from '@s/x' (file_format => '"whole"', pattern => '.*[.]csv') where metadata$file_row_number = 1`;
    expect(await rows(head)).toEqual([['h']]);
  });

  test('fails by a row that is no UTF-8', async () => {
    const { failure } = await withUploaded(Buffer.of(0x61, 0xff, 0x0a));
    expect(await failure('select $1 from @uploaded')).toBe(
      "100144 22000 Invalid UTF8 detected in string 'a0xFF'",
    );
  });
});

test('temporary stages and file formats are seen by their session alone, and hide others', async () => {
  const { engine, run, rows, session, value, failure } = await openEngine();
  const other = await openSession(engine);
  await run('create stage s');
  await run('create temporary stage s');
  await run('create or replace temporary file format f type = csv field_delimiter = none');
  await session.putFile('@s', 'a.csv', Buffer.from('1,2\n'));
  expect(await value(`select $1 from @s (file_format => 'f')`)).toBe('1,2');
  expect(await other.rows('list @s')).toEqual([]);
  expect(await other.failure(`select $1 from @s (file_format => 'f')`)).toContain(
    "File format 'DB.PUBLIC.F'",
  );
  await run('drop stage s');
  expect(await rows('list @s')).toEqual([]);
  await run('drop stage s');
  expect(await failure('list @s')).toContain("Stage 'DB.PUBLIC.S' does not exist");
});
