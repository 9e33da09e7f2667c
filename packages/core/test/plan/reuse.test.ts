import { describe, expect, it } from 'vitest';
import {
  ephemeral,
  integer,
  type Materialization,
  range,
  type Sql,
  sql,
  table,
  text,
  variable,
  view,
} from '../../src/index.js';
import { actions, nodeOf, openLab, ranTests, watchStatements } from '../support/lab.js';
import { aModel, aSource, idAndName } from '../support/nodes.js';

const heat = { id: 1, name: 'Heat' };
const minId = variable({ name: 'min_id', type: 'int', default: 0 });

interface Change {
  readonly films?: Sql;
  readonly maxId?: number;
}

/** raw_films → films (reads a variable) → shown (view) → total; and alone, beside them. */
function project({ films: condition = sql`true`, maxId = 100 }: Change = {}) {
  const raw = aSource('raw_films', idAndName);
  const films = aModel(
    'films',
    idAndName,
    sql`select id, name from ${raw} where id >= ${minId} and ${condition}`,
  );
  const columns = { id: integer().test(range({ max: maxId })), name: text() };
  const shown = aModel('shown', columns, sql`select * from ${films}`, { materialized: view() });
  const total = aModel('total', { n: integer() }, sql`select count(*) as n from ${shown}`);
  const alone = aModel('alone', { n: integer() }, sql`select 1 as n`);
  return [raw, films, shown, total, alone, minId];
}

const rows = { raw_films: [heat] };
const nothing = { alone: 'reuse', films: 'reuse', raw_films: 'reuse', shown: 'reuse', total: 'reuse' };
const down = { ...nothing, films: 'create', shown: 'view', total: 'create' };

async function built() {
  const lab = await openLab();
  await lab.build(project(), { rows });
  return lab;
}

describe('a second build', () => {
  it('runs nothing, no test either, when nothing has changed', async () => {
    const lab = await built();
    const statements: string[] = [];
    watchStatements(lab.warehouse, (sql) => statements.push(sql));
    const result = await lab.build(project(), { rows });
    expect(actions(result)).toEqual(nothing);
    expect([ranTests(result), statements]).toEqual([[], []]);
    expect(result.tests.every(({ status }) => status === 'reused')).toBe(true);
    expect(nodeOf(result, 'films')).toMatchObject({ status: 'reused', rows: 1 });
  });

  it('does so when only comments and formatting have changed', async () => {
    const lab = await built();
    const films = sql`/* all -- of them */ true -- really
    `;
    expect(actions(await lab.build(project({ films }), { rows }))).toEqual(nothing);
  });

  it('builds what has changed and all downstream of it', async () => {
    const lab = await built();
    expect(actions(await lab.build(project({ films: sql`name = ''` }), { rows }))).toEqual(down);
  });

  it('stops where rows come out the same: what was published stays, and nothing downstream is built', async () => {
    const lab = await built();
    const result = await lab.build(project({ films: sql`name <> ''` }), { rows });
    expect(actions(result)).toEqual({ ...nothing, films: 'create' });
    expect(nodeOf(result, 'films')).toMatchObject({ rowsChanged: false });
    expect(nodeOf(result, 'total').reason).toBe('its inputs came out with the same rows');
    expect(ranTests(result)).toEqual([]);
    expect(actions(await lab.build(project({ films: sql`name <> ''` }), { rows }))).toEqual(nothing);
  });

  it('loads files that hold the same rows in another form, and builds nothing on them', async () => {
    const lab = await openLab();
    const alien = { id: 2, name: 'Alien' };
    await lab.build(project(), { rows: { raw_films: [heat, alien] } });
    const result = await lab.build(project(), { rows: { raw_films: [alien, heat] } });
    expect(actions(result)).toEqual({ ...nothing, raw_films: 'load' });
    expect(await lab.query('select distinct _load as load from raw.raw_films')).toEqual([
      { load: result.runId },
    ]);
    expect(await lab.query('select load_id from _matinee.loaded_files')).toEqual([{ load_id: result.runId }]);
  });

  it('builds all downstream of a source whose files have changed', async () => {
    const lab = await built();
    const more = { raw_films: [heat, { id: 2, name: 'Alien' }] };
    expect(actions(await lab.build(project(), { rows: more }))).toEqual({ ...down, raw_films: 'load' });
    expect(await lab.rows('lab.total')).toEqual([{ n: 2 }]);
  });

  it('builds what reads a variable that has another value', async () => {
    const lab = await built();
    expect(actions(await lab.build(project(), { rows, variables: { min_id: 0 } }))).toEqual(nothing);
    expect(actions(await lab.build(project(), { rows, variables: { min_id: 5 } }))).toEqual(down);
    expect(await lab.rows('lab.total')).toEqual([{ n: 0 }]);
  });

  it('runs changed tests on what is published, and keeps it when they fail', async () => {
    const lab = await built();
    const result = await lab.build(project({ maxId: 0 }), { rows });
    expect(actions(result)).toEqual(nothing);
    expect(nodeOf(result, 'shown').status).toBe('failed');
    expect(nodeOf(result, 'total').status).toBe('skipped');
    expect(await lab.rows('lab.total')).toEqual([{ n: 1 }]);
  });

  it('builds everything again when asked to', async () => {
    const lab = await built();
    expect(Object.values(actions(await lab.build(project(), { rows, fullRefresh: true })))).not.toContain(
      'reuse',
    );
  });

  it.each([
    ['films', { ...down, total: 'create' }],
    ['total', { ...nothing, total: 'create' }],
  ])('builds %s, a table that someone has dropped, and the views over it', async (name, expected) => {
    const lab = await built();
    await lab.session.execute(`drop table lab.${name}`);
    const result = await lab.build(project(), { rows });
    expect(result.status).toBe('ok');
    expect(actions(result)).toEqual(expected);
    expect(await lab.rows('lab.shown')).toEqual([heat]);
  });

  it.each([
    [
      'a table in the place of the view',
      'shown',
      'drop view lab.shown; create table lab.shown as select 9 as id, 0 as name',
    ],
    [
      'a view in the place of a table',
      'films',
      'drop table lab.films; create view lab.films as select 9 as id, 0 as name',
    ],
  ])('builds again what somebody has replaced by %s', async (_what, name, statement) => {
    const lab = await built();
    await lab.session.execute(statement);
    const result = await lab.build(project(), { rows });
    expect(nodeOf(result, name).reason).toBe('new');
    expect([result.status, await lab.rows('lab.shown')]).toEqual(['ok', [heat]]);
  });

  it('builds a table again whose columns somebody has changed, once that is asked', async () => {
    const lab = await built();
    await lab.session.execute('create or replace table lab.films as select 9 as id');
    const result = await lab.build(project(), { rows, fullRefresh: true });
    expect([result.status, await lab.rows('lab.films')]).toEqual(['ok', [heat]]);
  });

  it('tests ephemeral models again only when they or their input have changed', async () => {
    const lab = await openLab();
    const inlined = (value: number) => {
      const inner = aModel('inner_n', { n: integer() }, sql`select ${value} as n`, {
        materialized: ephemeral(),
      });
      return [inner, aModel('outer_n', { n: integer() }, sql`select n from ${inner}`)];
    };
    await lab.build(inlined(1));
    expect(ranTests(await lab.build(inlined(1)))).toEqual([]);
    expect((await lab.build(inlined(2))).tests.map(({ test }) => test)).toEqual([
      'not_null_inner_n_n',
      'not_null_outer_n_n',
    ]);
  });
});

describe('a volatile model', () => {
  const volatile = (materialized: Materialization) => {
    const dice = aModel('dice', { n: integer() }, sql`select cast(random() * 1e15 as bigint) as n`, {
      volatile: true,
      materialized,
    });
    return [dice, aModel('thrown', { n: integer() }, sql`select n from ${dice}`)];
  };

  it.each([table(), view()])(
    'is built each time as a $type, and so is what reads it',
    async (materialized) => {
      const lab = await openLab();
      await lab.build(volatile(materialized));
      const before = await lab.rows('lab.thrown');
      const result = await lab.build(volatile(materialized));
      expect(nodeOf(result, 'thrown').action).toBe('create');
      expect(await lab.rows('lab.thrown')).not.toEqual(before);
      expect(nodeOf(result, 'dice')).toMatchObject({ status: 'ok', reason: 'volatile' });
    },
  );
});
