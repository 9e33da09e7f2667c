import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import {
  boolean,
  type Columns,
  date,
  double,
  integer,
  type Seed,
  seed,
  sql,
  text,
  timestamp,
  uuid,
} from '../../src/index.js';
import { createSeed } from '../../src/materialize/seed.js';
import { temporaryFolder } from '../support/files.js';
import { expectSql } from '../support/golden.js';
import { errorOf, nodeOf, openLab } from '../support/lab.js';
import { aModel } from '../support/nodes.js';

const columns = { id: integer(), name: text(), note: text().nullable(), score: double().nullable() };

function aSeed(content: string | undefined, declared: Columns = columns): Seed {
  const folder = temporaryFolder(content === undefined ? {} : { 'films.csv': content });
  const file = pathToFileURL(join(folder, 'films.csv'));
  return seed({ name: 'films', description: '', columns: declared, file });
}

describe('a seed', () => {
  const content = `\uFEFFname,id,note,score
"Good, the ""Bad"" and",1,"two
lines",0.5
O'Hara \\n,2,,
,3,"",-1e3
`;

  it('becomes a table with quotes, line breaks, and empty fields as null or as empty text', async () => {
    const lab = await openLab();
    expect((await lab.build([aSeed(content)])).status).toBe('ok');
    expect(await lab.rows('lab.films')).toEqual([
      { id: 1, name: 'Good, the "Bad" and', note: 'two\nlines', score: 0.5 },
      { id: 2, name: "O'Hara \\n", note: null, score: null },
      { id: 3, name: '', note: null, score: -1000 },
    ]);
  });

  it('is written for each dialect', () => {
    expectSql((dialect) => createSeed('t', aSeed(content), dialect), {
      duckdb: [
        'create or replace table t ("id" bigint, "name" varchar, "note" varchar, "score" double)',
        `insert into t values
  (1, 'Good, the "Bad" and', 'two\nlines', 0.5),
  (2, 'O''Hara \\n', null, null),
  (3, '', null, -1e3)`,
      ],
      snowflake: [
        'create or replace transient table t ("ID" number(38, 0), "NAME" varchar, "NOTE" varchar, "SCORE" double)',
        `insert into t values
  (1, 'Good, the "Bad" and', 'two\nlines', 0.5),
  (2, 'O''Hara \\\\n', null, null),
  (3, '', null, -1e3)`,
      ],
    });
  });

  it('takes over the grants of the version before, where tables are swapped', () => {
    const options = { grantsOf: 'published', withRows: false };
    expectSql((dialect) => createSeed('t', aSeed('id\n1\n', { id: integer() }), dialect, options), {
      duckdb: ['create or replace table t ("id" bigint)'],
      snowflake: [
        'create or replace transient table t like published copy grants',
        'create or replace transient table t ("ID" number(38, 0)) copy grants',
      ],
    });
  });

  it('keeps values of every type', async () => {
    const lab = await openLab();
    const all = { i: integer(), d: double(), u: uuid(), y: date(), t: timestamp(), b: boolean() };
    const line =
      '9223372036854775807,1e-3,0f8fad5b-d9cb-469f-a165-70867728950e,2024-02-29,2024-02-29T23:59:59.123456,TRUE';
    await lab.build([aSeed(`i,d,u,y,t,b\n${line}\n`, all)]);
    expect(await lab.rows('lab.films')).toEqual([
      {
        i: 9223372036854775807n,
        d: 0.001,
        u: '0f8fad5b-d9cb-469f-a165-70867728950e',
        y: '2024-02-29',
        t: '2024-02-29 23:59:59.123456',
        b: true,
      },
    ]);
  });

  it('may hold more rows than fit into one statement, or none', async () => {
    const lab = await openLab();
    const lines = Array.from({ length: 2500 }, (_, index) => `${index},film,,`).join('\n');
    const many = await lab.build([aSeed(`id,name,note,score\n${lines}\n`)]);
    expect(nodeOf(many, 'films').rows).toBe(2500);
    expect(nodeOf(await lab.build([aSeed('id,name,note,score\n')]), 'films').rows).toBe(0);
  });

  it('is built again only when its file has changed', async () => {
    const lab = await openLab();
    const films = aSeed('id,name,note,score\n1,Heat,,\n');
    await lab.build([films]);
    expect(nodeOf(await lab.build([films]), 'films').action).toBe('reuse');
    expect(nodeOf(await lab.build([aSeed('id,name,note,score\n1,Ran,,\n')]), 'films').action).toBe('seed');
  });

  it.each<[string, string, Columns, string, string, number]>([
    [
      'a text for an int',
      'id,name,note,score\n1,a,,\nx,b,,\n',
      columns,
      'SEED_VALUE',
      "'x' in column 'id' is no int.",
      3,
    ],
    [
      'an int that is too large',
      'i\n9223372036854775808\n',
      { i: integer() },
      'SEED_VALUE',
      "'9223372036854775808' in column 'i' is no int.",
      2,
    ],
    [
      'a day that is not',
      'y\n2023-02-29\n',
      { y: date() },
      'SEED_VALUE',
      "'2023-02-29' in column 'y' is no date.",
      2,
    ],
    [
      'a time that is not',
      't\n2023-02-28 24:00:00\n',
      { t: timestamp() },
      'SEED_VALUE',
      "'2023-02-28 24:00:00' in column 't' is no timestamp.",
      2,
    ],
    [
      'a column too few',
      'id,name,note\n1,a,\n',
      columns,
      'SEED_HEADER',
      "The header is 'id,name,note', declared are 'id,name,note,score'.",
      1,
    ],
    ['an empty file', '', columns, 'SEED_HEADER', "The header is '', declared are 'id,name,note,score'.", 1],
    [
      'a field too many',
      'id,name,note,score\n1,a,,\n1,a,,,\n',
      columns,
      'SEED_FILE',
      "The file of seed 'films' cannot be read: Invalid Record Length",
      3,
    ],
  ])(
    'refuses %s with file and line, and keeps what is published',
    async (_what, broken, declared, code, message, line) => {
      const lab = await openLab();
      await lab.session.execute('create schema lab');
      await lab.session.execute('create table lab.films as select 42 as old');
      const films = aSeed(broken, declared);
      const error = errorOf(await lab.build([films]), 'films');
      expect(error).toMatchObject({ code, location: { line } });
      expect(error.message).toContain(message);
      expect(error.location?.file).toMatch(/films\.csv$/);
      expect(await lab.rows('lab.films')).toEqual([{ old: 42 }]);
    },
  );

  it('is told when its file is not there', async () => {
    const lab = await openLab();
    const films = aSeed(undefined);
    const build = lab.build([films, aModel('copy', { id: integer() }, sql`select id from ${films}`)]);
    await expect(build).rejects.toMatchObject({ code: 'SEED_FILE', name: 'NodeError' });
  });
});
