import { describe, expect, it } from 'vitest';
import { dataTest, integer, range, sql, table, text, view } from '../../src/index.js';
import { actions, errorOf, nodeOf, openLab, statuses, watchStatements } from '../support/lab.js';
import { aModel, aSource, idAndName } from '../support/nodes.js';

const n = { n: integer() };

describe('a publish group', () => {
  /** Two tables that one test compares; the second doubles the first, or should. */
  function pair(first: number, second: number) {
    const one = aModel('one', n, sql`select ${first} as n`);
    const two = aModel('two', n, sql`select ${second} as n`);
    const same = dataTest({
      name: 'one_equals_two',
      description: 'Both hold the same number.',
      query: sql`select * from ${one} except select * from ${two}`,
    });
    return [one, two, same];
  }

  it('publishes all of its nodes or none', async () => {
    const lab = await openLab();
    expect((await lab.build(pair(1, 1))).status).toBe('ok');
    const result = await lab.build(pair(2, 3));
    expect(Object.values(statuses(result)).sort()).toEqual(['failed', 'skipped']);
    expect(await lab.rows('lab.one')).toEqual([{ n: 1 }]);
    expect(await lab.rows('lab.two')).toEqual([{ n: 1 }]);
    expect(await lab.stored()).toEqual(['lab.one table', 'lab.two table']);
    expect(result.nodes.find(({ status }) => status === 'skipped')?.reason).toMatch(
      /^it is published together with (one|two), which failed$/,
    );
  });

  it('shows a view over a candidate to its tests before anything is published', async () => {
    const lab = await openLab();
    const films = (limit: number) => {
      const base = aModel('base', n, sql`select ${limit} as n`);
      const shown = aModel('shown', { n: integer().test(range({ max: 5 })) }, sql`select n from ${base}`, {
        materialized: view(),
      });
      return [base, shown];
    };
    await lab.build(films(1));
    const result = await lab.build(films(9));
    expect(statuses(result)).toEqual({ base: 'skipped', shown: 'failed' });
    expect(await lab.rows('lab.base')).toEqual([{ n: 1 }]);
    expect(await lab.rows('lab.shown')).toEqual([{ n: 1 }]);
    expect(await lab.stored()).toEqual(['lab.base table', 'lab.shown view']);
  });

  it('publishes while no other does, though many are built side by side', async () => {
    const lab = await openLab();
    const transactions: string[] = [];
    watchStatements(lab.warehouse, (statement) => {
      if (/^(begin|commit|rollback)/.test(statement)) transactions.push(statement);
    });
    const many = (value: number) =>
      Array.from({ length: 12 }, (_, index) => aModel(`m${index}`, n, sql`select ${value} as n`));
    for (const value of [1, 2, 3]) {
      const result = await lab.build(many(value), { threads: 4 });
      expect(result.status).toBe('ok');
    }
    // Twelve publications and the run's own entry, three times.
    expect(transactions).toEqual(Array.from({ length: 39 }, () => ['begin transaction', 'commit']).flat());
    expect(await lab.query('select count(*) as rows from _matinee.node_versions')).toEqual([{ rows: 12 }]);
    for (let index = 0; index < 12; index++) expect(await lab.rows(`lab.m${index}`)).toEqual([{ n: 3 }]);
  });
});

describe('a failing publication', () => {
  it('is rolled back: old rows stay, candidates go, the nodes have failed', async () => {
    const lab = await openLab();
    const films = (value: number) => {
      const base = aModel('base', n, sql`select ${value} as n`);
      return [base, aModel('shown', n, sql`select n from ${base}`, { materialized: view() })];
    };
    await lab.build(films(1));
    // The ledger, which is the last thing that a publication writes, takes no run's id any more.
    await lab.session.execute('alter table _matinee.node_versions alter run_id type integer using 0');
    const result = await lab.build(films(2));
    expect(statuses(result)).toEqual({ base: 'failed', shown: 'failed' });
    expect(errorOf(result, 'base').message).toMatch(/Conversion Error|Could not convert/i);
    expect(await lab.rows('lab.base')).toEqual([{ n: 1 }]);
    expect(await lab.stored()).toEqual(['lab.base table', 'lab.shown view']);
  });

  it('fails nodes that were only tested anew, too', async () => {
    const lab = await openLab();
    const tested = (max: number) => [
      aModel('numbers', { n: integer().test(range({ max })) }, sql`select 1 as n`),
    ];
    await lab.build(tested(5));
    await lab.session.execute('alter table _matinee.test_results alter test type integer using 0');
    const result = await lab.build(tested(6));
    expect(result.status).toBe('failed');
    expect(await lab.rows('lab.numbers')).toEqual([{ n: 1 }]);
  });
});

describe('a node that changes its materialization', () => {
  it('goes from view to table and back', async () => {
    const lab = await openLab();
    const films = (materialized: 'view' | 'table') => {
      const base = aModel('base', n, sql`select 4 as n`);
      const options = { materialized: materialized === 'view' ? view() : table() };
      return [base, aModel('shown', n, sql`select n from ${base}`, options)];
    };
    for (const materialized of ['view', 'table', 'view'] as const) {
      expect((await lab.build(films(materialized))).status).toBe('ok');
      expect(await lab.stored()).toEqual(['lab.base table', `lab.shown ${materialized}`]);
      expect(await lab.rows('lab.shown')).toEqual([{ n: 4 }]);
    }
  });
});

describe('leftovers of a killed run', () => {
  it('are dropped by the next build, whatever they are and whoever they belonged to', async () => {
    const lab = await openLab();
    const model = () => aModel('films', idAndName, sql`select 1 as id, 'Heat' as name`);
    await lab.build([model()]);
    await lab.session.execute('create view lab.films__candidate as select 1 as x');
    await lab.session.execute('create table lab.renamed_since__candidate as select 1 as x');
    expect((await lab.build([model()])).status).toBe('ok');
    expect(await lab.stored()).toEqual(['lab.films table']);
  });
});

describe('a schema prefix', () => {
  it('stands in front of every schema, the ledger’s included', async () => {
    const lab = await openLab();
    const raw = aSource('raw_films', idAndName);
    const films = aModel('films', { name: text() }, sql`select name from ${raw}`, { materialized: view() });
    const rows = { raw_films: [{ id: 1, name: 'Heat' }] };
    const build = () => lab.build([raw, films], { rows, schemaPrefix: 'ann_' });
    expect((await build()).status).toBe('ok');
    expect(await lab.rows('ann_lab.films')).toEqual([{ name: 'Heat' }]);
    const tables = await lab.query(
      `select distinct table_schema as s from information_schema.tables order by s`,
    );
    expect(tables).toEqual([{ s: 'ann__matinee' }, { s: 'ann_lab' }, { s: 'ann_raw' }]);
    const again = await build();
    expect(actions(again)).toEqual({ films: 'reuse', raw_films: 'reuse' });
    expect(nodeOf(again, 'films').schema).toBe('ann_lab');
  });
});
