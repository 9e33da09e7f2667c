import {
  integer,
  model,
  range,
  type Sql,
  source,
  sql,
  type Table,
  table,
  type View,
  view,
} from '@matinee/core';
import { describe, expect, it } from 'vitest';
import { Lab, statuses } from './lab.js';

const number = (name: string, query: Sql, materialized: Table | View = table()) =>
  model({
    name,
    description: `What ${name} is.`,
    materialized,
    columns: { n: integer().test(range({ max: 5 })) },
    query,
  });

/** A table, a table and a view on it, one group by a comparing test. */
const family = (n: number) => {
  const base = number('base', sql`select ${n} as n`);
  const double = number('double', sql`select n from ${base}`);
  const shown = number('shown', sql`select n from ${base}`, view());
  return [base, double, shown];
};

describe('a build on Snowflake', () => {
  it('publishes tables and views, and reuses them', async () => {
    const lab = await Lab.open();
    expect(statuses(await lab.build(family(1)))).toEqual({ base: 'ok', double: 'ok', shown: 'ok' });
    expect(await lab.rows('select n from lab.shown')).toEqual([{ n: 1 }]);
    expect(statuses(await lab.build(family(1)))).toEqual({
      base: 'reused',
      double: 'reused',
      shown: 'reused',
    });
  });

  it('swaps a new version in, and drops the old one', async () => {
    const lab = await Lab.open();
    await lab.build(family(1));
    await lab.build(family(2));
    expect(await lab.rows('select n from lab.double')).toEqual([{ n: 2 }]);
    expect(lab.sent(/^alter table .* swap with/)).toEqual([
      'alter table "LAB"."BASE__2__CANDIDATE" swap with "LAB"."BASE"',
      'alter table "LAB"."DOUBLE__2__CANDIDATE" swap with "LAB"."DOUBLE"',
    ]);
    expect((await lab.session.relations(['lab'])).map(({ name, kind }) => `${kind} ${name}`).sort()).toEqual([
      'table base',
      'table double',
      'view shown',
    ]);
  });

  it('says beside each statement which run and node it belongs to', async () => {
    const lab = await Lab.open();
    const lone = number('lone', sql`select 1 as n`);
    const { runId } = await lab.build([lone]);
    const tagOf = (pattern: RegExp) => lab.emulator.log.find(({ sql }) => pattern.test(sql))?.queryTag;
    const ofRun = `{"tool":"matinee","run":"${runId}"}`;
    const ofNode = `{"tool":"matinee","run":"${runId}","node":"lone","package":"@films/models-lab"}`;
    expect(tagOf(/^insert into "_MATINEE"\."RUNS"/)).toBe(ofRun);
    expect(tagOf(/^create .* "LAB"\."LONE__\d+__CANDIDATE"/)).toBe(ofNode);
    expect(tagOf(/ rename to "LAB"\."LONE"/)).toBe(ofNode);
    expect(tagOf(/^update "_MATINEE"\."RUNS" set status = 'ok'/)).toBe(ofRun);
    expect(tagOf(/^update "_MATINEE"\."LEASE" set holder = null/)).toBe(ofRun);
    const begun = lab.emulator.log.filter(({ sql }) => sql.startsWith('alter session set'));
    expect(begun.map(({ queryTag }) => queryTag)).toContain(ofRun);
    const ofFamily = await lab.build(family(1));
    expect(tagOf(/ rename to "LAB"\."BASE"/)).toBe(`{"tool":"matinee","run":"${ofFamily.runId}"}`);
  });

  it('says so beside what a load clears away first, too', async () => {
    const lab = await Lab.open();
    const films = source({ name: 'films', description: 'Films.', columns: { id: integer() }, shapes: [] });
    const { runId } = await lab.build([films], { limit: { type: 'empty' } });
    const cleared = lab.emulator.log.filter(({ sql }) => /^drop table .*"FILMS__\d+__CANDIDATE"/.test(sql));
    expect([...new Set(cleared.map(({ queryTag }) => queryTag))]).toEqual([
      `{"tool":"matinee","run":"${runId}","node":"films","package":"@films/models-lab"}`,
    ]);
  });

  it('publishes nothing of a group whose test fails', async () => {
    const lab = await Lab.open();
    await lab.build(family(1));
    const result = await lab.build(family(9));
    expect(result.status).toBe('failed');
    expect(await lab.rows('select n from lab.base union all select n from lab.shown')).toEqual([
      { n: 1 },
      { n: 1 },
    ]);
    expect(await lab.session.relations(['lab'])).toHaveLength(3);
  });

  it('lets tables become views, and views tables', async () => {
    const lab = await Lab.open();
    const one = (materialized: Table | View) => [number('one', sql`select 1 as n`, materialized)];
    for (const materialized of [table(), view(), table()]) {
      expect((await lab.build(one(materialized))).status).toBe('ok');
      expect(await lab.session.relations(['lab'])).toMatchObject([{ name: 'one', kind: materialized.type }]);
      expect(await lab.rows('select n from lab.one')).toEqual([{ n: 1 }]);
    }
  });

  it('writes descriptions beside the tables', async () => {
    const lab = await Lab.open();
    await lab.build(family(1));
    const [base] = await lab.session.relations(['lab']);
    expect(base?.comment).toMatch(/^What base is\. \[matinee [0-9a-f-]{36} base\]$/);
  });

  it('writes a description that changes alone, and builds nothing for it', async () => {
    const lab = await Lab.open();
    const films = (words: string, column: string) => {
      const columns = { n: integer().describe(column) };
      const shared = { description: words, columns };
      const base = model({ name: 'base', materialized: table(), query: sql`select 1 as n`, ...shared });
      const query = sql`select n from ${base}`;
      return [base, model({ name: 'shown', materialized: view(), query, ...shared })];
    };
    const told = async (name: string) => {
      const relations = await lab.session.relations(['lab']);
      const comment = relations.find((one) => one.name === name)?.comment;
      const columns = await lab.rows('show columns in schema lab');
      const column = columns.find(({ table_name }) => table_name === name.toUpperCase());
      return [comment?.replace(/ \[matinee .*/, ''), column?.comment];
    };
    await lab.build(films('Old words.', "One's number."));
    expect([await told('base'), await told('shown')]).toEqual([
      ['Old words.', "One's number."],
      ['Old words.', "One's number."],
    ]);
    for (const _ of ['changed', 'as before']) {
      const result = await lab.build(films('New words.', 'A number.'));
      expect(statuses(result)).toEqual({ base: 'reused', shown: 'reused' });
      expect([await told('base'), await told('shown')]).toEqual([
        ['New words.', 'A number.'],
        ['New words.', 'A number.'],
      ]);
    }
    expect(lab.sent(/^comment on table "LAB"\."BASE" is/)).toHaveLength(1);
    expect(lab.sent(/^create or replace view "LAB"\."SHOWN" \(/)).toHaveLength(2);
  });

  it('goes on where a description cannot be written, and tries it again', async () => {
    const lab = await Lab.open();
    const one = (description: string) => [
      model({
        name: 'one',
        description,
        materialized: table(),
        columns: { n: integer() },
        query: sql`select 1 as n`,
      }),
    ];
    await lab.build(one('Old.'));
    lab.emulator.fault({
      match: { sql: 'comment on' },
      kind: 'error',
      code: '003001',
      message: 'Not yours.',
    });
    expect((await lab.build(one('New.'))).status).toBe('ok');
    expect(lab.events).toContainEqual(expect.objectContaining({ code: 'DESCRIPTION_FAILED' }));
    await lab.build(one('New.'));
    expect((await lab.session.relations(['lab']))[0]?.comment).toMatch(/^New\. /);
  });

  it('takes over what was granted on the version before', async () => {
    const lab = await Lab.open();
    await lab.build(family(1));
    await lab.build(family(2));
    expect(lab.sent(/like .* copy grants/)[0]).toBe(
      'create or replace transient table "LAB"."BASE__2__CANDIDATE" like "LAB"."BASE" copy grants',
    );
  });
});

it('a lock that is not let go is told with the model that needs it', async () => {
  const lab = await Lab.open();
  await lab.build(family(1));
  lab.emulator.fault({
    match: { sql: 'create or replace transient table "LAB"."BASE' },
    kind: 'error',
    code: '000625',
    message: "Statement '01b' has locked table 'BASE' in transaction 7.",
  });
  expect((await lab.build(family(2))).nodes[0]?.error).toMatchObject({
    code: 'SNOWFLAKE_LOCK_TIMEOUT',
    message: expect.stringMatching(
      /^base: Another transaction holds a lock .* table 'BASE' in transaction 7\.$/,
    ),
    location: { file: expect.stringContaining('publication.test.ts') },
    hint: expect.stringContaining('show locks in account'),
  });
});

describe('a publication that fails half-way', () => {
  it('is taken back: moves in reverse, and nothing noted', async () => {
    const lab = await Lab.open();
    await lab.build(family(1), { atomic: true });
    lab.emulator.fault({
      match: { sql: 'alter table "LAB"."DOUBLE__2__CANDIDATE" swap' },
      // The first that names it is the note.
      after: 1,
      kind: 'error',
      code: '003001',
      sqlState: '42501',
      message: 'Insufficient privileges to operate on table',
    });
    const result = await lab.build(family(2), { atomic: true });
    expect(result.status).toBe('failed');
    expect(result.nodes[0]?.error?.code).toBe('SNOWFLAKE_PRIVILEGES');
    expect(await lab.rows('select n from lab.base')).toEqual([{ n: 1 }]);
    expect(await lab.rows('select * from _matinee.publications')).toEqual([]);
    expect(statuses(await lab.build(family(2), { atomic: true }))).toEqual({
      base: 'ok',
      double: 'ok',
      shown: 'ok',
    });
    expect(await lab.rows('select n from lab.double')).toEqual([{ n: 2 }]);
  });

  it('brings back the view that it had replaced', async () => {
    const lab = await Lab.open();
    const shown = (n: number) => [number('shown', sql`select ${n} as n`, view())];
    await lab.build(shown(1));
    lab.emulator.fault({
      match: { sql: 'insert into "_MATINEE"."NODE_VERSIONS"' },
      after: 1,
      kind: 'error',
      code: '000001',
      sqlState: 'XX000',
      message: 'It fails.',
    });
    expect((await lab.build(shown(2))).status).toBe('failed');
    expect(await lab.rows('select n from lab.shown')).toEqual([{ n: 1 }]);
    expect(lab.sent(/^create or replace view .*SHOWN/is).at(-1)).toMatch(/\) copy grants as/);
    expect((await lab.build(shown(2))).status).toBe('ok');
    expect(await lab.rows('select n from lab.shown')).toEqual([{ n: 2 }]);
  });

  it('is finished by the next build, if it could not be taken back either', async () => {
    const lab = await Lab.open();
    await lab.build(family(1), { atomic: true });
    // The note and the first swap go well.
    lab.emulator.fault({ match: { sql: 'swap with' }, after: 2, times: 1000, kind: 'error', message: 'No.' });
    const result = await lab.build(family(2), { atomic: true });
    expect(result.nodes[0]?.error?.code).toBe('PUBLICATION_HALF_WAY');
    expect(await lab.rows('select n from lab.base')).toEqual([{ n: 2 }]);
    expect(await lab.rows('select n from lab.double')).toEqual([{ n: 1 }]);
    lab.emulator.clearFaults();
    const next = await lab.build(family(2), { atomic: true });
    expect(lab.events).toContainEqual(expect.objectContaining({ code: 'PUBLICATION_FINISHED' }));
    expect(statuses(next)).toEqual({ base: 'reused', double: 'reused', shown: 'reused' });
    expect(await lab.rows('select n from lab.double')).toEqual([{ n: 2 }]);
    expect(await lab.rows('select * from _matinee.publications')).toEqual([]);
    expect(await lab.session.relations(['lab'])).toHaveLength(3);
  });

  it('is known to be whole, if only the answer to its commit got lost', async () => {
    const lab = await Lab.open();
    await lab.build(family(1));
    lab.emulator.fault({ match: { sql: 'commit' }, after: 1, kind: 'lost-answer' });
    expect((await lab.build(family(2))).status).toBe('ok');
    expect(await lab.rows('select n from lab.double')).toEqual([{ n: 2 }]);
  });
});
