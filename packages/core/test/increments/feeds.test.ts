import { describe, expect, it } from 'vitest';
import { type Column, double, incremental, integer, mapped, sql, text, view } from '../../src/index.js';
import { nodeOf, openLab } from '../support/lab.js';
import { aModel, aSource } from '../support/nodes.js';
import type { InlineRow } from '../support/rows-loader.js';
import { buildOk } from './build-ok.js';

const rows = (...values: readonly (readonly [id: number, kind: number, grade: number])[]) => ({
  raw: values.map(([id, kind, grade]): InlineRow => ({ id, kind, grade })),
});

/** Items, kept by their changes, and counts of them by some of their columns. */
function items(...by: readonly ('kind' | 'grade' | 'id')[]): readonly unknown[] {
  const raw = aSource('raw', { id: integer(), kind: integer(), grade: integer() }, { key: ['id'] });
  const kept = aModel(
    'items',
    { id: integer(), kind: integer(), grade: integer() },
    sql`select id, kind, grade from ${raw}`,
    { key: ['id'], materialized: incremental({ maxShare: 1, inputs: [mapped(raw, { id: 'id' })] }) },
  );
  const counts = by.map((column) =>
    column === 'kind'
      ? aModel(
          'by_kind',
          { kind: integer(), items: integer() },
          sql`select kind, count(*) as items from ${kept} group by kind`,
          {
            key: ['kind'],
            materialized: incremental({ maxShare: 1, inputs: [mapped(kept, { kind: 'kind' })] }),
          },
        )
      : aModel(
          `by_${column}`,
          { grade: integer(), items: integer() },
          sql`select grade, count(*) as items from ${kept} group by grade`,
          {
            key: ['grade'],
            materialized: incremental({ maxShare: 1, inputs: [mapped(kept, { grade: 'grade' })] }),
          },
        ),
  );
  return [raw, kept, ...counts];
}

describe('the changes of a relation', () => {
  it('are written down again after another column has come to be mapped', async () => {
    const lab = await openLab();
    await buildOk(lab, items('kind'), { rows: rows([1, 1, 1], [2, 1, 2]) });
    await buildOk(lab, items('kind'), { rows: rows([1, 2, 1], [2, 1, 2]) });
    const both = items('kind', 'grade');
    await buildOk(lab, both, { rows: rows([1, 2, 1], [2, 1, 2], [3, 1, 1]) });
    const result = await buildOk(lab, both, { rows: rows([1, 1, 1], [2, 1, 3], [3, 1, 1]) });
    expect(nodeOf(result, 'by_grade').action).toBe('increment');
    expect(await lab.rows('lab.by_kind')).toEqual([{ kind: 1, items: 3 }]);
    expect(await lab.rows('lab.by_grade')).toEqual([
      { grade: 1, items: 2 },
      { grade: 3, items: 1 },
    ]);
  });

  it('are written down again after another column has taken the place of the mapped one', async () => {
    const lab = await openLab();
    await buildOk(lab, items('kind'), { rows: rows([1, 1, 1], [2, 1, 2]) });
    await buildOk(lab, items('kind'), { rows: rows([1, 2, 1], [2, 1, 2]) });
    await buildOk(lab, items('grade'), { rows: rows([1, 2, 1], [2, 1, 1]) });
    await buildOk(lab, items('grade'), { rows: rows([1, 2, 2], [2, 1, 1]) });
    expect(await lab.rows('lab.by_grade')).toEqual([
      { grade: 1, items: 1 },
      { grade: 2, items: 1 },
    ]);
  });

  it('are written down again after a mapped column has got another type', async () => {
    const lab = await openLab();
    const project = (type: 'int' | 'text') => {
      const raw = aSource('raw', { id: integer(), kind: integer(), grade: integer() }, { key: ['id'] });
      const kind = (type === 'int' ? integer() : text()) as Column;
      const cast = type === 'int' ? sql`kind` : sql`'k' || kind`;
      const kept = aModel('items', { id: integer(), kind }, sql`select id, ${cast} as kind from ${raw}`, {
        key: ['id'],
        materialized: incremental({
          maxShare: 1,
          onSchemaChange: 'fullRefresh',
          inputs: [mapped(raw, { id: 'id' })],
        }),
      });
      const byKind = aModel(
        'by_kind',
        { kind, items: integer() },
        sql`select kind, count(*) as items from ${kept} group by kind`,
        {
          key: ['kind' as never],
          materialized: incremental({
            maxShare: 1,
            onSchemaChange: 'fullRefresh',
            inputs: [mapped(kept, { kind: 'kind' })],
          }),
        },
      );
      return [raw, kept, byKind];
    };
    await buildOk(lab, project('int'), { rows: rows([1, 1, 1], [2, 1, 1]) });
    await buildOk(lab, project('int'), { rows: rows([1, 2, 1], [2, 1, 1]) });
    await buildOk(lab, project('text'), { rows: rows([1, 2, 1], [2, 2, 1]) });
    await buildOk(lab, project('text'), { rows: rows([1, 3, 1], [2, 2, 1]) });
    expect(await lab.rows('lab.by_kind')).toEqual([
      { kind: 'k2', items: 1 },
      { kind: 'k3', items: 1 },
    ]);
  });

  it('go once nothing maps the relation any more, and builds go on without them', async () => {
    const lab = await openLab();
    await buildOk(lab, items('kind'), { rows: rows([1, 1, 1], [2, 1, 2]) });
    await buildOk(lab, items('kind'), { rows: rows([1, 2, 1], [2, 1, 2]), select: ['+items'] });
    await buildOk(lab, items(), { rows: rows([1, 2, 1], [2, 1, 2], [3, 1, 1]) });
    expect(await lab.query('select distinct node from _matinee.change_feeds')).toEqual([]);
    expect(
      await lab.query(
        "select table_name from information_schema.tables where table_schema = '_matinee_feeds' and starts_with(table_name, 'items')",
      ),
    ).toEqual([]);
  });

  it('are not taken for none when they have been dropped by hand', async () => {
    const lab = await openLab();
    await buildOk(lab, items('kind'), { rows: rows([1, 1, 1], [2, 1, 1]) });
    const changed = rows([1, 2, 1], [2, 1, 1]);
    await buildOk(lab, items('kind'), { rows: changed, select: ['+items'] });
    await lab.session.execute('drop schema _matinee_feeds cascade');
    await buildOk(lab, items('kind'), { rows: changed });
    expect(await lab.rows('lab.by_kind')).toEqual([
      { kind: 1, items: 1 },
      { kind: 2, items: 1 },
    ]);
  });

  it('are not taken for none when some of them have been deleted by hand', async () => {
    const lab = await openLab();
    await buildOk(lab, items('kind'), { rows: rows([1, 1, 1], [2, 1, 1]) });
    await buildOk(lab, items('kind'), { rows: rows([1, 2, 1], [2, 1, 1]), select: ['+items'] });
    const [feed] = await lab.query(
      "select table_name as name from information_schema.tables where table_schema = '_matinee_feeds' and starts_with(table_name, 'items')",
    );
    await lab.session.execute(`delete from _matinee_feeds.${feed?.name}`);
    await buildOk(lab, items('kind'), { rows: rows([1, 2, 1], [2, 3, 1]) });
    expect(await lab.rows('lab.by_kind')).toEqual([
      { kind: 2, items: 1 },
      { kind: 3, items: 1 },
    ]);
  });

  it('begin anew when the ledger is lost, whatever the mappings have become', async () => {
    const lab = await openLab();
    await buildOk(lab, items('kind'), { rows: rows([1, 1, 1], [2, 1, 2]) });
    await lab.session.execute('drop schema _matinee cascade');
    await buildOk(lab, items('kind', 'grade'), { rows: rows([1, 1, 1], [2, 2, 2]) });
    await buildOk(lab, items('kind', 'grade'), { rows: rows([1, 2, 1], [2, 2, 3]) });
    expect(await lab.rows('lab.by_kind')).toEqual([{ kind: 2, items: 2 }]);
    expect(await lab.rows('lab.by_grade')).toEqual([
      { grade: 1, items: 1 },
      { grade: 3, items: 1 },
    ]);
  });

  it('tell one of two equal rows that goes, where a build without tests has let both in', async () => {
    const lab = await openLab();
    const project = () => {
      const raw = aSource('raw', { id: integer(), kind: integer(), grade: integer() });
      const kept = aModel('items', { id: integer(), kind: integer() }, sql`select id, kind from ${raw}`, {
        key: ['id'],
      });
      const byKind = aModel(
        'by_kind',
        { kind: integer(), items: integer() },
        sql`select kind, count(*) as items from ${kept} group by kind`,
        {
          key: ['kind'],
          materialized: incremental({ maxShare: 1, inputs: [mapped(kept, { kind: 'kind' })] }),
        },
      );
      return [raw, kept, byKind];
    };
    await buildOk(lab, project(), { rows: rows([1, 1, 1], [1, 1, 1], [2, 1, 1]), withoutTests: true });
    await buildOk(lab, project(), { rows: rows([1, 1, 1], [2, 1, 1]) });
    expect(await lab.rows('lab.items')).toEqual([
      { id: 1, kind: 1 },
      { id: 2, kind: 1 },
    ]);
    expect(await lab.rows('lab.by_kind')).toEqual([{ kind: 1, items: 2 }]);
  });
});

describe('doubles', () => {
  const measures = (): readonly unknown[] => {
    const raw = aSource('raw', { id: integer(), value: double() }, { key: ['id'] });
    const byValue = aModel(
      'by_value',
      { value: double(), items: integer() },
      sql`select value, count(*) as items from ${raw} group by value`,
      {
        key: ['value'],
        materialized: incremental({ maxShare: 1, inputs: [mapped(raw, { value: 'value' })] }),
      },
    );
    return [raw, byValue];
  };
  const values = (...list: readonly number[]) => ({ raw: list.map((value, id) => ({ id, value })) });

  it('that models map by are compared in full', async () => {
    const lab = await openLab();
    await buildOk(lab, measures(), { rows: values(0.3, 1) });
    await buildOk(lab, measures(), { rows: values(0.1 + 0.2, 1) });
    await buildOk(lab, measures(), { rows: values(5, 1) });
    expect(await lab.rows('lab.by_value')).toEqual([
      { value: 1, items: 1 },
      { value: 5, items: 1 },
    ]);
  });

  it('of a source have changed when any digit has', async () => {
    const lab = await openLab();
    const project = () => {
      const raw = aSource('raw', { id: integer(), value: double() }, { key: ['id'] });
      const exact = aModel(
        'exact',
        { id: integer(), millis: integer() },
        sql`select id, cast(value as bigint) as millis from ${raw}`,
        { key: ['id'], materialized: incremental({ maxShare: 1, inputs: [mapped(raw, { id: 'id' })] }) },
      );
      return [raw, exact];
    };
    await buildOk(lab, project(), { rows: values(1577836800123) });
    await buildOk(lab, project(), { rows: values(1577836800124) });
    expect(await lab.rows('lab.exact')).toEqual([{ id: 0, millis: 1577836800124 }]);
  });
});

describe('a view between', () => {
  it('that reads the clock has its readers rebuilt in full every time', async () => {
    const lab = await openLab();
    const project = () => {
      const raw = aSource('raw', { id: integer(), kind: integer(), grade: integer() }, { key: ['id'] });
      const seen = aModel(
        'seen',
        { id: integer(), moment: integer() },
        sql`select id, epoch_us(now()) as moment from ${raw}`,
        { materialized: view(), volatile: true },
      );
      const kept = aModel(
        'items',
        { id: integer(), moment: integer() },
        sql`select id, moment from ${seen}`,
        { key: ['id'], materialized: incremental({ maxShare: 1, inputs: [mapped(raw, { id: 'id' })] }) },
      );
      return [raw, seen, kept];
    };
    await buildOk(lab, project(), { rows: rows([1, 1, 1]) });
    const [before] = await lab.rows('lab.items');
    await buildOk(lab, project(), { rows: rows([1, 1, 1], [2, 1, 1]) });
    const [after] = await lab.rows('lab.items');
    expect(after?.moment).not.toEqual(before?.moment);
  });
});
