import { inspect } from 'node:util';
import { LoadError, type Session, StatementError, UsageError, type WarehouseRow } from '@matinee/core';
import { describe, expect, it } from 'vitest';
import { createSnowflakeLoader } from '../../src/index.js';
import { Folder } from '../../src/places/folder.js';
import { readCopyResult } from '../../src/snowflake/copy-result.js';
import { createStage, Stage, stageLocation } from '../../src/snowflake/stage.js';
import { StagePlace } from '../../src/snowflake/stage-place.js';
import { StageStager } from '../../src/snowflake/stage-stager.js';
import { errorOf, folderOf } from '../support/lab.js';
import { links, movies } from '../support/sources.js';

const schema = '"_MATINEE"';
const address = { bucket: 'films', key: 'ml 20m' };
const keys = { keyId: 'AKIAXXXX', secretKey: "s3cr'et/key", sessionToken: 'tok+en' };

/** A session that answers statements by their beginnings. */
function scripted(answers: Readonly<Record<string, readonly WarehouseRow[] | Error>>) {
  const statements: string[] = [];
  const query = async (sql: string) => {
    statements.push(sql);
    const answer = Object.entries(answers).find(([start]) => sql.startsWith(start))?.[1] ?? [];
    if (answer instanceof Error) throw answer;
    return answer;
  };
  const session = {
    query,
    execute: async (sql: string) => (await query(sql)).length,
    close: async () => undefined,
  };
  return { session: session as unknown as Session, statements };
}

describe('a stage over a bucket', () => {
  it('is made for the session, by an integration, by keys or for a public bucket', () => {
    const make = (options: Parameters<typeof createStage>[2]) => createStage('"S"."T"', 's3://b/p/', options);
    expect(make({ schema, stage: { integration: 'films_s3' }, keys })).toBe(
      `create or replace temporary stage "S"."T" url = 's3://b/p/' storage_integration = "FILMS_S3"`,
    );
    expect(make({ schema, keys })).toBe(
      `create or replace temporary stage "S"."T" url = 's3://b/p/' credentials = (aws_key_id = 'AKIAXXXX' aws_secret_key = 's3cr''et/key' aws_token = 'tok+en')`,
    );
    expect(make({ schema })).toBe(`create or replace temporary stage "S"."T" url = 's3://b/p/'`);
  });

  it('is the named one where the target names it, from where the source lies in it', async () => {
    const stage = { name: 'landing."My stage"', url: 's3://films' };
    const { session, statements } = scripted({});
    const named = new Stage({ bucket: 'films', key: 'ml-20m' }, { schema, stage });
    await named.open(session);
    expect(named.location('a.csv')).toBe('@"LANDING"."My stage"/ml-20m/a.csv');
    expect(statements.some((sql) => sql.includes('stage'))).toBe(false);
    expect(() => new Stage({ bucket: 'other', key: '' }, { schema, stage })).toThrow(UsageError);
  });

  it.each(['STATEMENT_FAILED', 'SNOWFLAKE_PRIVILEGES'])(
    'tells no key when it fails with %s',
    async (code) => {
      const failure = new StatementError(
        code,
        `bad ${keys.secretKey} in ${keys.sessionToken} of ${keys.keyId}`,
        undefined,
      );
      const { session } = scripted({ 'create or replace temporary stage': failure });
      const error = await errorOf(new Stage(address, { schema, keys }).open(session));
      expect(error).toMatchObject({
        code: 'LOAD_STAGE',
        message: expect.stringContaining('s3://films/ml 20m/'),
      });
      const shown = inspect(error, { depth: 9 }) + JSON.stringify(error);
      for (const secret of Object.values(keys)) expect(shown).not.toContain(secret);
    },
  );

  it('is written in quotes where a path would end it', () => {
    expect(stageLocation('"S"."T"', 'a/b=1/c.csv')).toBe('@"S"."T"/a/b=1/c.csv');
    expect(stageLocation('"S"."T"', "o'hara b.csv")).toBe(`'@"S"."T"/o''hara b.csv'`);
  });
});

describe('files of a stage', () => {
  const row = (name: string, md5 = 'e1') => ({
    name: `s3://films/ml 20m/${name}`,
    size: 120,
    md5,
    last_modified: 'Wed, 4 Mar 2026 10:11:12 GMT',
  });

  it('are listed and told by their first lines through Snowflake', async () => {
    const { session, statements } = scripted({
      list: [row('movies.csv'), row('links/2020/a.csv.gz'), row('other/x.csv'), row('links/')],
      select: [
        { line: 2, content: '1,"Heat, ""1995""",Crime' },
        { line: 1, content: 'movieId,title,genres' },
      ],
    });
    const loader = createSnowflakeLoader('s3://films/ml 20m', {
      warehouse: { openSession: async () => session },
      schema: '_matinee',
    });
    expect(await loader.survey([movies])).toEqual({
      place: 's3://films/ml 20m/',
      files: [
        {
          source: 'movies',
          path: 'movies.csv',
          shape: 'grouplens',
          bytes: 120,
          modifiedAt: '2026-03-04T10:11:12.000Z',
          version: 'e1',
          contentVersion: 'e1',
        },
      ],
    });
    expect(statements.filter((sql) => sql.startsWith('select'))).toEqual([
      `select metadata$file_row_number as line, $1 as content
from @"_MATINEE"."MATINEE_BUCKET"/movies.csv (file_format => '"_MATINEE"."MATINEE_LINE"')
where metadata$file_row_number <= 200 limit 200`,
    ]);
  });

  it('of another version than they were found in are an error', async () => {
    const { session } = scripted({ list: [row('movies.csv', 'e2')] });
    const stage = new Stage(address, { schema });
    const stager = new StageStager(stage, new StagePlace(session, stage));
    const file = {
      source: 'movies',
      path: 'movies.csv',
      shape: 'grouplens',
      bytes: 1,
      modifiedAt: '',
      version: 'e1',
      contentVersion: 'e1',
    };
    expect(await errorOf(stager.requireUnchanged([file]))).toMatchObject({ code: 'LOAD_FILE_CHANGED' });
  });
});

it('archives are refused with what to do', () => {
  for (const place of ['s3://films/ml-20m.zip', '/data/ml-20m.ZIP'])
    expect(() =>
      createSnowflakeLoader(place, {
        warehouse: { openSession: () => expect.unreachable() },
        schema: '_matinee',
      }),
    ).toThrow(expect.objectContaining({ code: 'SOURCE_ZIP', hint: expect.stringMatching(/^Unpack it/) }));
});

it('local files are uploaded under plain names, whatever they are called', async () => {
  const path = 'links/a *[b]?.csv';
  const folder = folderOf({ [path]: 'movieId,imdbId,tmdbId\n1,2,3\n' });
  const { session, statements } = scripted({ copy: [{ status: 'Copy executed with 0 files processed.' }] });
  const loader = createSnowflakeLoader(folder, {
    warehouse: { openSession: () => expect.unreachable() },
    schema: '_matinee',
    temporaryFolder: folderOf({}, 'temporary'),
  });
  const file = { source: 'links', shape: 'grouplens', bytes: 1, modifiedAt: '' };
  const { version } = await new Folder(folder).look(path);
  const error = await errorOf(
    loader.load({
      targets: [
        {
          source: links,
          table: '"RAW"."LINKS"',
          files: [{ ...file, path, version, contentVersion: version }],
        },
      ],
      session,
      loadId: 'load-1',
      maxRejects: { rows: 0 },
      rejectsTable: '"R"',
    }),
  );
  expect(error).toBeInstanceOf(LoadError);
  expect(error).toMatchObject({ code: 'LOAD_COPY' });
  expect(statements.find((sql) => sql.startsWith('put'))).toMatch(
    /^put 'file:\/\/\/.*\/000001\.csv' @"_MATINEE"\."MATINEE_UPLOAD"\/ auto_compress = false source_compression = auto_detect overwrite = true$/,
  );
  expect(statements.at(-1)).toBe('drop stage if exists "_MATINEE"."MATINEE_UPLOAD"');
});

describe('the result of COPY', () => {
  const loaded = {
    file: 's3://b/a.csv',
    status: 'LOADED',
    rows_parsed: 3,
    rows_loaded: 3,
    errors_seen: 0,
    first_error: null,
  };

  it('has a row for each file, with the first error and its line', () => {
    const partly = {
      ...loaded,
      rows_loaded: 2,
      errors_seen: 1,
      first_error: 'Invalid UTF8',
      first_error_line: 7,
    };
    expect(readCopyResult([partly], 's3://b/', 1)).toEqual([
      { file: 's3://b/a.csv', parsed: 3, loaded: 2, errors: 1, firstError: 'Invalid UTF8 (line 7)' },
    ]);
  });

  it('that is a single text, lacks a file or tells of a failure is an error', () => {
    for (const rows of [
      [{ status: 'Copy executed with 0 files processed.' }],
      [loaded],
      [],
      [loaded, { ...loaded, status: 'LOAD_FAILED', first_error: 'no gzip' }],
    ])
      expect(() => readCopyResult(rows, 's3://b/', 2)).toThrow(
        expect.objectContaining({ code: 'LOAD_COPY' }),
      );
  });
});
