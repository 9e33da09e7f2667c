import { expect, it } from 'vitest';
import { boolean, date, incremental, integer, mapped, sql, text, uuid } from '../../src/index.js';
import { nodeOf, openLab } from '../support/lab.js';
import { aModel, aSource } from '../support/nodes.js';
import { buildOk } from './build-ok.js';

it('a mapped column may have accepted values, and values that are none of them', async () => {
  const lab = await openLab();
  const project = () => {
    const raw = aSource('raw', { id: integer(), kind: text() }, { key: ['id'] });
    const kind = text().acceptedValues(['a', 'b'], { severity: 'warn' });
    const kinds = aModel(
      'kinds',
      { kind, items: integer() },
      sql`select kind, count(*) as items from ${raw} group by kind`,
      { key: ['kind'], materialized: incremental({ maxShare: 1, inputs: [mapped(raw, { kind: 'kind' })] }) },
    );
    return [raw, kinds];
  };
  const rows = (...kinds: readonly string[]) => ({ raw: kinds.map((kind, id) => ({ id, kind })) });
  const sequence = [['a', 'b'], ['a', 'x'], ['b', 'x'], ['b', 'b', 'a'], ['y', 'b', 'a'], ['a'], []];
  for (const kinds of sequence) {
    await buildOk(lab, project(), { rows: rows(...kinds) });
    const counts = await lab.query('select kind::varchar as kind, items from lab.kinds order by kind');
    const expected = [...new Set(kinds)].sort().map((kind) => ({
      kind,
      items: kinds.filter((other) => other === kind).length,
    }));
    expect(counts).toEqual(expected);
  }
});

it('mapped columns may be of any type, and be called by words of SQL', async () => {
  const lab = await openLab();
  const columns = { id: uuid(), day: date(), order: boolean().nullable(), n: integer() };
  const project = () => {
    const raw = aSource('raw', columns, { key: ['id'] });
    const kept = aModel('kept', columns, sql`select id, day, "order", n from ${raw}`, {
      key: ['id'],
      materialized: incremental({
        maxShare: 1,
        inputs: [mapped(raw, { id: 'id', day: 'day', order: 'order' })],
      }),
    });
    return [raw, kept];
  };
  const row = (id: number, day: string, order: boolean | null, n: number) => ({
    id: `00000000-0000-0000-0000-00000000000${id}`,
    day,
    order,
    n,
  });
  await buildOk(lab, project(), {
    rows: { raw: [row(1, '2020-01-01', null, 1), row(2, '2020-01-02', true, 1)] },
  });
  const raw = [row(1, '2020-01-03', null, 2), row(3, '2020-01-02', false, 1)];
  const result = await buildOk(lab, project(), { rows: { raw } });
  expect(nodeOf(result, 'kept').increment).toEqual({ touchedRows: 2, newRows: 2 });
  expect(await lab.rows('lab.kept')).toMatchObject(raw.map(({ id, n }) => ({ id, n })));
});

it('a target with a prefix has feeds of its own', async () => {
  const lab = await openLab();
  const project = () => {
    const raw = aSource('raw', { id: integer(), kind: text() }, { key: ['id'] });
    const kept = aModel('kept', { id: integer(), kind: text() }, sql`select id, kind from ${raw}`, {
      key: ['id'],
      materialized: incremental({ maxShare: 1, inputs: [mapped(raw, { id: 'id' })] }),
    });
    return [raw, kept];
  };
  const rows = (kind: string) => ({
    raw: [
      { id: 1, kind },
      { id: 2, kind: 'z' },
    ],
  });
  for (const schemaPrefix of ['', 'ann_']) await buildOk(lab, project(), { rows: rows('a'), schemaPrefix });
  await buildOk(lab, project(), { rows: rows('b') });
  const result = await buildOk(lab, project(), { rows: rows('c'), schemaPrefix: 'ann_' });
  expect(nodeOf(result, 'kept').increment).toEqual({ touchedRows: 1, newRows: 1 });
  expect(await lab.rows('lab.kept')).toMatchObject([{ kind: 'b' }, { kind: 'z' }]);
  expect(await lab.rows('ann_lab.kept')).toMatchObject([{ kind: 'c' }, { kind: 'z' }]);
});

it('a model that was gone for some builds is rebuilt in full', async () => {
  const lab = await openLab();
  const project = (isThere: boolean) => {
    const raw = aSource('raw', { id: integer(), kind: text() }, { key: ['id'] });
    const kept = aModel('kept', { id: integer(), kind: text() }, sql`select id, kind from ${raw}`, {
      key: ['id'],
      materialized: incremental({ maxShare: 1, inputs: [mapped(raw, { id: 'id' })] }),
    });
    return isThere ? [raw, kept] : [raw];
  };
  const rows = (kind: string) => ({
    raw: [
      { id: 1, kind },
      { id: 2, kind: 'z' },
    ],
  });
  await buildOk(lab, project(true), { rows: rows('a') });
  await buildOk(lab, project(false), { rows: rows('b') });
  const result = await buildOk(lab, project(true), { rows: rows('b') });
  expect(nodeOf(result, 'kept').reason).toContain('what has changed in raw was not written down');
  expect(await lab.rows('lab.kept')).toMatchObject([{ kind: 'b' }, { kind: 'z' }]);
});
