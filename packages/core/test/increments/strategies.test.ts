import { describe, expect, it } from 'vitest';
import {
  type Columns,
  date,
  type IncrementalOptions,
  incremental,
  integer,
  mapped,
  type Sql,
  sql,
  text,
} from '../../src/index.js';
import { errorOf, nodeOf, openLab, statuses } from '../support/lab.js';
import { aModel, aSource } from '../support/nodes.js';
import { dagOf } from '../support/project.js';

const columns = { id: integer(), day: date(), n: integer() };
type Options = IncrementalOptions<'id' | 'day' | 'n'>;

function project(options: Options, more: Columns = {}) {
  const raw = aSource('raw_views', columns);
  const extra = 'extra' in more ? sql`, 'x' as extra` : sql``;
  const query = sql`select id, day, n${extra} from ${raw}`;
  return [
    raw,
    aModel('views', { ...columns, ...more }, query, { key: ['id'], materialized: incremental(options) }),
  ];
}

const row = (id: number, day: string, n: number) => ({ id, day, n });
const first = { raw_views: [row(1, '2020-01-01', 1), row(2, '2020-01-05', 2), row(3, '2020-01-06', 3)] };

describe('microbatches', () => {
  const byDay: Options = { microbatch: { time: 'day', batch: 'day', lookback: 1 } };
  const later = {
    raw_views: [
      row(1, '2020-01-01', 9),
      row(2, '2020-01-05', 9),
      row(3, '2020-01-06', 9),
      row(4, '2020-01-07', 9),
    ],
  };
  const counts = async (lab: Awaited<ReturnType<typeof openLab>>) =>
    (await lab.query('select id, n from lab.views order by id')).map(({ id, n }) => [id, n]);

  it('compute the latest batch and those of the lookback anew, and leave older rows as they were', async () => {
    const lab = await openLab();
    await lab.build(project(byDay), { rows: first });
    const result = await lab.build(project(byDay), { rows: later });
    expect(nodeOf(result, 'views').action).toBe('increment');
    expect(await counts(lab)).toEqual([
      [1, 1],
      [2, 9],
      [3, 9],
      [4, 9],
    ]);
  });

  it('fill a stretch of time again when asked to, even if nothing else has changed', async () => {
    const lab = await openLab();
    await lab.build(project(byDay), { rows: first });
    await lab.build(project(byDay), { rows: later });
    const window = { from: '2020-01-01', to: '2020-01-02' };
    const result = await lab.build(project(byDay), { rows: later, window });
    expect(nodeOf(result, 'views')).toMatchObject({ action: 'increment', reason: 'backfill asked' });
    expect((await counts(lab))[0]).toEqual([1, 9]);
  });

  it('need a time that is never null', () => {
    expect(() => openProject({ microbatch: { time: 'n', batch: 'day' } })).toThrow(
      "The microbatch of 'views' needs a date or timestamp that is not nullable, not 'n'.",
    );
  });
});

function openProject(options: Options) {
  return dagOf(...project(options));
}

describe('changed columns of an incremental model', () => {
  const extra = { extra: text().nullable() };
  const changed = async (options: Options, more = {}) => {
    const lab = await openLab();
    await lab.build(project(options), { rows: first });
    const next = { raw_views: [row(4, '2020-01-07', 4)] };
    return { lab, result: await lab.build(project(options, extra), { rows: next, ...more }) };
  };

  it('are refused until a full refresh is asked', async () => {
    await expect(changed({ strategy: 'merge' })).rejects.toMatchObject({
      code: 'SCHEMA_CHANGED',
      message: 'views is incremental and its columns have changed: +extra text.',
    });
    expect((await changed({ strategy: 'merge' }, { fullRefresh: true })).result.status).toBe('ok');
  });

  it('rebuild it where that is declared', async () => {
    const { lab, result } = await changed({ strategy: 'merge', onSchemaChange: 'fullRefresh' });
    expect(nodeOf(result, 'views').action).toBe('create');
    expect(await lab.query('select count(*) as n from lab.views where extra is null')).toEqual([{ n: 0 }]);
  });

  it('are null in rows that stay where new ones are to be appended', async () => {
    const options: Options = { strategy: 'append', onSchemaChange: 'append' };
    const { lab, result } = await changed(options);
    expect(nodeOf(result, 'views').action).toBe('increment');
    expect(await lab.query('select count(*) as n from lab.views where extra is null')).toEqual([{ n: 3 }]);
  });

  it('that are gone fail under append, and are dropped under sync', async () => {
    for (const [onSchemaChange, isFine] of [
      ['append', false],
      ['sync', true],
    ] as const) {
      const lab = await openLab();
      const options: Options = { strategy: 'merge', onSchemaChange };
      await lab.build(project(options, extra), { rows: first });
      const back = lab.build(project(options), { rows: { raw_views: [row(9, '2020-01-09', 9)] } });
      if (!isFine) await expect(back).rejects.toMatchObject({ code: 'SCHEMA_CHANGED' });
      else {
        expect((await back).status).toBe('ok');
        expect(await lab.query('select id from lab.views order by id')).toHaveLength(4);
        expect(Object.keys((await lab.rows('lab.views'))[0] ?? {})).toEqual(['id', 'day', 'n']);
      }
    }
  });

  it('cannot be mended in place where the table promises to equal its full refresh', () => {
    expect(() => openProject({ onSchemaChange: 'append' })).toThrow(/always equals its full refresh/);
  });
});

describe('keys that are there twice', () => {
  it.each(['merge', 'deleteInsert'] as const)(
    'are refused by %s, with model, key, count and samples',
    async (strategy) => {
      const lab = await openLab();
      await lab.build(project({ strategy }), { rows: first });
      const twice = {
        raw_views: [
          row(7, '2020-01-01', 1),
          row(7, '2020-01-02', 1),
          row(8, '2020-01-02', 1),
          row(8, '2020-01-02', 2),
        ],
      };
      const result = await lab.build(project({ strategy }), { rows: twice, withoutTests: true });
      expect(statuses(result)).toMatchObject({ views: 'failed' });
      expect(errorOf(result, 'views')).toMatchObject({
        code: 'KEY_TWICE',
        message: 'views: 2 key(s) of new rows are there more than once, such as id = (7), (8).',
      });
      expect(await lab.query('select count(*) as n from lab.views')).toEqual([{ n: 3 }]);
    },
  );
});

describe('a time that is to be computed anew', () => {
  it('is warned of where no model goes by time', async () => {
    const lab = await openLab();
    const warnings = async (options: Options) => {
      await lab.build(project(options), { rows: first, window: { from: '2020-01-01', to: undefined } });
      return lab.events.filter(({ type }) => type === 'warning');
    };
    expect(await warnings({ strategy: 'merge' })).toMatchObject([{ code: 'BACKFILL_UNUSED' }]);
    expect(await warnings({ microbatch: { time: 'day', batch: 'day' } })).toEqual([]);
  });
});

describe('a full build without tests', () => {
  const totals = (query: Sql) => {
    const raw = aSource('raw', { id: integer(), other: integer().nullable() }, { key: ['id'] });
    return [
      raw,
      aModel('totals', { id: integer(), n: integer() }, sql`${query} from ${raw}`, {
        key: ['id'],
        materialized: incremental({ inputs: [mapped(raw, { id: 'id' })] }),
      }),
    ];
  };
  const rows = { raw: [1, 2, 3].map((id) => ({ id, other: id < 3 ? id : null })) };

  it.each([
    ['twice', sql`select case when id < 3 then 7 else id end as id, id as n`, 'KEY_TWICE', 'id = (7)'],
    ['null', sql`select other as id, id as n`, 'KEY_NULL', 'id = (null)'],
  ])('refuses an incremental model whose keys come %s', async (_, query, code, sample) => {
    const lab = await openLab();
    const result = await lab.build(totals(query), { rows, withoutTests: true });
    expect(errorOf(result, 'totals')).toMatchObject({ code });
    expect(errorOf(result, 'totals')?.message).toContain(sample);
    expect(await lab.stored()).toEqual(['raw.raw table']);
  });

  it('takes one whose keys are sound', async () => {
    const lab = await openLab();
    const result = await lab.build(totals(sql`select id, id + 1 as n`), { rows, withoutTests: true });
    expect(statuses(result)).toMatchObject({ totals: 'ok' });
  });
});
