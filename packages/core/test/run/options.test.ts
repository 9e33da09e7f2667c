import { describe, expect, it } from 'vitest';
import {
  ephemeral,
  type Hook,
  integer,
  rowCount,
  sql,
  table,
  text,
  thisModel,
  view,
} from '../../src/index.js';
import { check as checkStrategy, filmHistory } from '../support/film-history.js';
import { actions, errorOf, nodeOf, openLab, ranTests, statuses, testOf } from '../support/lab.js';
import { aModel, aSource, idAndName } from '../support/nodes.js';

const films = [
  { id: 1, name: 'Heat' },
  { id: 2, name: 'Alien' },
  { id: 3, name: 'Brazil' },
];

describe('hooks of a run', () => {
  const model = () => aModel('films', { n: integer() }, sql`select 1 as n`);

  it('run before the first node and after the last, statements and functions, and know how it went', async () => {
    const lab = await openLab();
    const seen: unknown[] = [];
    const note: Hook = ({ runId, ...run }) => {
      seen.push([run, runId.length]);
    };
    const onRunStart = [sql`create table notes as select 'begun' as what`, note];
    const onRunEnd = [
      sql`insert into notes select 'ended with ' || n from ${model()}`.constructor === Object ? note : note,
    ];
    const result = await lab.build([model()], { onRunStart, onRunEnd, target: 'prod' });
    expect(result.status).toBe('ok');
    expect(await lab.rows('notes')).toEqual([{ what: 'begun' }]);
    expect(seen).toEqual([
      [{ command: 'build', target: 'prod' }, 36],
      [{ command: 'build', target: 'prod', status: 'ok' }, 36],
    ]);
  });

  it('do not run when there is nothing to do', async () => {
    const lab = await openLab();
    let calls = 0;
    const onRunStart: Hook[] = [
      () => {
        calls++;
      },
    ];
    for (let run = 0; run < 2; run++) await lab.build([model()], { onRunStart });
    expect(calls).toBe(1);
  });

  it('that fail at the start hold back everything, and the end is told of it', async () => {
    const lab = await openLab();
    const ends: unknown[] = [];
    const result = await lab.build([model()], {
      onRunStart: [sql`select * from nowhere`],
      onRunEnd: [({ status }) => void ends.push(status)],
    });
    expect([result.status, result.error?.code, ends]).toEqual(['failed', 'HOOK_FAILED', ['failed']]);
    expect(result.error?.message).toContain('onRunStart');
    expect(await lab.stored()).toEqual([]);
    expect(await lab.query('select status from _matinee.runs')).toEqual([{ status: 'failed' }]);
  });

  it('that fail at the end fail the run, whose nodes stay published', async () => {
    const lab = await openLab();
    const onRunEnd: Hook[] = [
      () => {
        throw new Error('no network');
      },
    ];
    const result = await lab.build([model()], { onRunEnd });
    expect([result.status, result.error?.message]).toEqual([
      'failed',
      'A hook of onRunEnd failed: no network',
    ]);
    expect(await lab.rows('lab.films')).toEqual([{ n: 1 }]);
  });
});

describe('hooks of a model', () => {
  it('run before it is built and after, on what will be published', async () => {
    const lab = await openLab();
    const hooked = aModel('films', { n: integer() }, sql`select n from numbers`, {
      preHook: [sql`create table numbers as select 7 as n`],
      postHook: [sql`insert into ${thisModel} values (8)`, sql`drop table numbers`],
    });
    const result = await lab.build([hooked]);
    expect(result.status).toBe('ok');
    expect(await lab.rows('lab.films')).toEqual([{ n: 7 }, { n: 8 }]);
    expect(actions(await lab.build([hooked]))).toEqual({ films: 'reuse' });
  });

  it('count as its configuration', async () => {
    const lab = await openLab();
    const hooked = (value: number) =>
      aModel('films', { n: integer() }, sql`select 1 as n`, {
        postHook: [sql`insert into ${thisModel} values (${value})`],
      });
    await lab.build([hooked(8)]);
    expect(nodeOf(await lab.build([hooked(9)]), 'films').reason).toBe('configuration changed');
  });

  it('that add rows are not trusted to keep the key that the query proves', async () => {
    const lab = await openLab();
    const hooked = aModel('films', { n: integer() }, sql`select range as n from range(3) group by range`, {
      key: ['n'],
      postHook: [sql`insert into ${thisModel} values (1)`],
    });
    expect(testOf(await lab.build([hooked]), 'unique_films_n').status).toBe('failed');
  });
});

describe('a timeout', () => {
  const slow = (timeout?: number) =>
    aModel(
      'slow',
      { n: integer() },
      sql`select count(*) as n from range(1000000000) as a where hash(a.range) % 7 = hash(a.range + 1) % 5`,
      timeout === undefined ? {} : { timeout },
    );

  it.each([
    ['the model', slow(0.3), {}],
    ['the configuration', slow(), { nodeTimeout: 0.3 }],
  ])('of %s stops the statement, fails the node and lets the others go on', async (_of, model, options) => {
    const lab = await openLab();
    const quick = aModel('quick', { n: integer() }, sql`select 1 as n`);
    const result = await lab.build([model, quick], options);
    expect(statuses(result)).toEqual({ quick: 'ok', slow: 'failed' });
    expect(errorOf(result, 'slow')).toMatchObject({
      code: 'NODE_TIMEOUT',
      message: 'slow took longer than 0.3 s and was stopped.',
    });
    expect(nodeOf(result, 'slow').seconds).toBeLessThan(10);
    expect(await lab.stored()).toEqual(['lab.quick table']);
  });
});

/** raw_films → films → total, a seedless project with a relationship and a count. */
function counted() {
  const raw = aSource('raw_films', idAndName);
  const known = aModel('known', idAndName, sql`select id, name from ${raw} where id > 1`);
  const all = aModel(
    'all_films',
    { id: integer().references(() => known, 'id'), name: text() },
    sql`select id, name from ${raw} where id > 1`,
    { tests: [rowCount({ min: 1 })], materialized: view() },
  );
  return [raw, known, all];
}

describe('an empty build', () => {
  it('makes every table without rows and without a delivery, and the next one fills them again', async () => {
    const lab = await openLab();
    await lab.build(counted(), { rows: { raw_films: films } });
    const empty = await lab.build(counted(), { limit: { type: 'empty' } });
    expect([empty.status, nodeOf(empty, 'raw_films').rows, nodeOf(empty, 'known').rows]).toEqual([
      'ok',
      0,
      0,
    ]);
    expect(testOf(empty, 'row_count_all_films')).toMatchObject({
      status: 'skipped',
      message: 'not run: rows are left out on purpose',
    });
    expect(actions(await lab.build(counted(), { limit: { type: 'empty' } }))).toEqual({
      all_films: 'reuse',
      known: 'reuse',
      raw_films: 'reuse',
    });
    const full = await lab.build(counted(), { rows: { raw_films: films } });
    expect([full.status, await lab.rows('lab.known')]).toEqual(['ok', films.slice(1)]);
  });

  it('leaves the history of a snapshot alone', async () => {
    const lab = await openLab();
    const row = { id: 1, name: 'Heat', changed_at: '2026-01-01 00:00:00' };
    const project = filmHistory(checkStrategy);
    await lab.build(project, { rows: { raw_films: [row] } });
    const before = await lab.rows('lab.film_history');
    const result = await lab.build(project, { limit: { type: 'empty' } });
    expect(nodeOf(result, 'film_history')).toMatchObject({
      status: 'reused',
      reason: 'a history is left alone by an empty or sampled build',
    });
    expect(await lab.rows('lab.film_history')).toEqual(before);
  });
});

describe('a sampled build', () => {
  const many = Array.from({ length: 400 }, (_, id) => ({ id, name: `film ${id}` }));

  it('takes the same share of the sources’ rows each time, and tests no relationships', async () => {
    const lab = await openLab();
    const limit = { type: 'sample', share: 0.25 } as const;
    const first = await lab.build(counted(), { rows: { raw_films: many }, limit });
    expect(first.status).toBe('ok');
    const rows = await lab.rows('raw.raw_films');
    expect(rows.length).toBeGreaterThan(60);
    expect(rows.length).toBeLessThan(140);
    expect(nodeOf(first, 'raw_films').rows).toBe(rows.length);
    expect(testOf(first, 'relationships_all_films_id__known').status).toBe('skipped');
    expect(ranTests(await lab.build(counted(), { rows: { raw_films: many }, limit }))).toEqual([
      'relationships_all_films_id__known',
      'row_count_all_films',
    ]);
  });
});

describe('an atomic build', () => {
  const pair = (value: number, max: number) => {
    const first = aModel('first_n', { n: integer() }, sql`select ${value} as n`, { materialized: table() });
    const between = aModel('between_n', { n: integer() }, sql`select n from ${first}`, {
      materialized: ephemeral(),
    });
    const last = aModel('last_n', { n: integer() }, sql`select n from ${between} where n <= ${max}`, {
      tests: [rowCount({ min: 1 })],
    });
    return [first, between, last];
  };

  it('publishes nothing at all when one test fails', async () => {
    const lab = await openLab();
    await lab.build(pair(1, 5), { atomic: true });
    const result = await lab.build(pair(9, 5), { atomic: true });
    expect(statuses(result)).toEqual({ between_n: 'skipped', first_n: 'skipped', last_n: 'failed' });
    expect(await lab.rows('lab.first_n')).toEqual([{ n: 1 }]);
    expect(await lab.rows('lab.last_n')).toEqual([{ n: 1 }]);
  });

  it('publishes everything in one transaction', async () => {
    const lab = await openLab();
    await lab.build(pair(1, 5), { atomic: true });
    await lab.build(pair(2, 5), { atomic: true });
    expect(await lab.rows('lab.last_n')).toEqual([{ n: 2 }]);
    expect(
      await lab.query(
        'select count(distinct published_at) as times from _matinee.node_versions where row_count > 0',
      ),
    ).toEqual([{ times: 1 }]);
  });
});
