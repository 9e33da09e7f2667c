import { describe, expect, it } from 'vitest';
import { integer, type Materialization, range, type Sql, sql, table, view } from '../../src/index.js';
import { openLab, openSession, statuses } from '../support/lab.js';
import { aModel } from '../support/nodes.js';
import { Audience } from './readers/audience.js';
import { Reader } from './readers/reader.js';
import { eachRelation, everything, groups, together } from './readers/stamped.js';

const looks = [...eachRelation, ...groups];

/** What a reader sees by name, where it is of this version. */
function staying(version: number, ...names: readonly string[]): Readonly<Record<string, number>> {
  return Object.fromEntries(names.map((name) => [name, version]));
}

const bigGroup = ['big', 'shown', 'total', 'overview', 'big group'];
const readingRaw = ['refreshed', 'merged', 'replaced', 'keyed group', 'history', 'whole history'];

describe('a reader that looks all the while', () => {
  it('sees whole versions only, while everything is built anew', async () => {
    const audience = await Audience.open(looks);
    for (const version of [1, 2, 3, 4])
      await audience.watch({ version, fullRefresh: true, threads: version });
    audience.expectAttention();
  });

  it('sees whole versions only, while tables get their increments', async () => {
    const audience = await Audience.open(looks);
    for (const version of [1, 2, 3, 4]) await audience.watch({ version, threads: version });
    audience.expectAttention();
  });

  it('never sees a row that fails a test, nor a part of what could not be built', async () => {
    const audience = await Audience.open(looks);
    const failing = { status: 'failed' } as const;
    await audience.watch(
      { version: 1, fault: 'bad row', ...failing },
      staying(0, ...bigGroup, ...readingRaw),
    );
    await audience.watch({ version: 2 });
    await audience.watch({ version: 3, fault: 'bad view', ...failing }, staying(2, ...bigGroup));
    await audience.watch({ version: 4, fault: 'broken query', ...failing }, staying(2, ...bigGroup));
    await audience.watch({ version: 5, fullRefresh: true });
    await audience.watch(
      { version: 6, fault: 'broken delivery', ...failing },
      staying(5, 'raw', 'appended', ...bigGroup, ...readingRaw),
    );
    await audience.watch({ version: 7 });
    audience.expectAttention();
  });

  it('sees whole versions only, while views become tables and tables views', async () => {
    const audience = await Audience.open(looks);
    await audience.watch({ version: 1, materialized: { shown: table() } });
    await audience.watch({ version: 2, materialized: { big: view(), refreshed: view() } });
    await audience.watch({ version: 3, materialized: { shown: table(), refreshed: table() } });
    await audience.watch({ version: 4, materialized: { big: view(), shown: view() } });
    await audience.watch({ version: 5 });
    audience.expectAttention();
  });

  it('sees all nodes of one version at any time, where everything is published together', async () => {
    const audience = await Audience.open([everything]);
    for (const version of [1, 2]) await audience.watch({ version, atomic: true });
    await audience.watch(
      { version: 3, atomic: true, fault: 'bad view', status: 'failed' },
      staying(2, 'everything'),
    );
    await audience.watch({ version: 4, atomic: true, fullRefresh: true });
    audience.expectAttention({ sawNew: false });
  });
});

describe('the reader of these tests', () => {
  it.each<[string, readonly string[], RegExp]>([
    [
      'is missing for a moment',
      ['drop table lab.steps', '', 'create table lab.steps as select range as id, 1 as v from range(13)'],
      /^steps: .*steps does not exist/s,
    ],
    ['is filled in several steps', ['insert into lab.steps values (12, 1)', ''], /^steps: it is mixed/],
    ['is short of rows', ['delete from lab.steps where id = 0', ''], /^steps: it has 11 of the 12 rows/],
    ['has a row that fails a test', ['update lab.steps set v = -1', ''], /^steps: it has a row that fails/],
    [
      'is published apart from its group',
      ['update lab.steps set v = 1', '', 'update lab.others set v = 1'],
      /^both: lab.steps, lab.others are of versions 1, 0$/,
    ],
  ])('complains when a table %s', async (_what, statements, complaint) => {
    const lab = await openLab();
    await lab.session.execute('create schema lab');
    for (const name of ['steps', 'others'])
      await lab.session.execute(`create table lab.${name} as select range as id, 0 as v from range(12)`);
    const steps = eachRelation.filter(({ name }) => name === 'steps');
    const reader = new Reader(await openSession(lab.warehouse), [
      ...steps,
      together('both', ['lab.steps', 'lab.others']),
    ]);
    await reader.during(async () => {
      // An empty one is a moment's rest.
      for (const statement of statements)
        await (statement ? lab.session.execute(statement) : new Promise((go) => setTimeout(go, 250)));
    });
    expect(reader.complaints).toContainEqual(expect.stringMatching(complaint));
  });
});

describe('a published view whose new version fails its tests', () => {
  const shown = (query: Sql, materialized: Materialization = view()) =>
    aModel('shown', { n: integer().test(range({ max: 5 })) }, query, { materialized });

  it('does not show the rows that fail them, even if it was to become a table', async () => {
    const lab = await openLab();
    const project = (n: number, materialized: Materialization = view()) => {
      const base = aModel('base', { n: integer() }, sql`select ${n} as n`);
      return [base, shown(sql`select n from ${base}`, materialized)];
    };
    await lab.build(project(1));
    const result = await lab.build(project(9, table()));
    expect(await lab.rows('lab.shown')).toEqual([{ n: 1 }]);
    expect(statuses(result)).toEqual({ base: 'skipped', shown: 'failed' });
  });

  it('does not show the rows that fail them, even if it was to read something else', async () => {
    const lab = await openLab();
    const project = (n: number, reads: 'first' | 'second') => {
      const first = aModel('first', { n: integer() }, sql`select ${n} as n`);
      const second = aModel('second', { n: integer() }, sql`select ${n} as n`);
      return [first, second, shown(sql`select n from ${reads === 'first' ? first : second}`)];
    };
    await lab.build(project(1, 'first'));
    const result = await lab.build(project(9, 'second'));
    expect(await lab.rows('lab.shown')).toEqual([{ n: 1 }]);
    expect(statuses(result)).toMatchObject({ first: 'skipped', shown: 'failed' });
  });
});
