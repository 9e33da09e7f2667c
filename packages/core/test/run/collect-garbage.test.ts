import { describe, expect, it } from 'vitest';
import {
  buildDag,
  collectGarbage,
  ephemeral,
  findGarbage,
  incremental,
  integer,
  mapped,
  Namer,
  sql,
  table,
  view,
} from '../../src/index.js';
import { type Lab, openLab } from '../support/lab.js';
import { aModel, aSource } from '../support/nodes.js';
import { projectOf } from '../support/project.js';

const names = new Namer('duckdb');
const n = { n: integer() };
const kept = () => aModel('kept', n, sql`select 1 as n`);
const gone = () => aModel('gone', n, sql`select 2 as n`);
const dagOf = (...nodes: readonly unknown[]) => buildDag(projectOf(...nodes));

describe('garbage', () => {
  it('is what Matinee has published and no node owns any more; what others have made is only listed', async () => {
    const lab = await openLab();
    const over = (relation: ReturnType<typeof gone>) =>
      aModel('over', n, sql`select n from ${relation}`, { materialized: view() });
    const old = gone();
    await lab.build([kept(), old, over(old)]);
    await lab.session.execute('create table lab.by_hand as select 1 as x');
    await lab.session.execute('create table lab.kept__candidate as select 1 as x');
    const garbage = await findGarbage(lab.session, names, dagOf(kept()));
    expect(garbage.candidates.map(({ name }) => name)).toEqual(['kept__candidate']);
    expect(garbage.orphans.map(({ name, kind, isOurs }) => [name, kind, isOurs]).sort()).toEqual([
      ['by_hand', 'table', false],
      ['gone', 'table', true],
      ['over', 'view', true],
    ]);
    expect(await collectGarbage(lab.session, names, garbage, false)).toEqual([]);
    expect(await lab.stored()).toEqual([
      'lab.by_hand table',
      'lab.gone table',
      'lab.kept table',
      'lab.over view',
    ]);
    const dropped = await collectGarbage(lab.session, names, garbage, true);
    expect(dropped.map(({ name }) => name).sort()).toEqual(['gone', 'over']);
    expect(await lab.stored()).toEqual(['lab.by_hand table', 'lab.kept table']);
    expect(await lab.query("select node from _matinee.node_versions where node in ('gone', 'over')")).toEqual(
      [],
    );
  });

  it('holds the table of a model that has become ephemeral', async () => {
    const lab = await openLab();
    const inlined = (materialized: ReturnType<typeof table> | ReturnType<typeof ephemeral>) => {
      const inner = aModel('inner_n', n, sql`select 1 as n`, { materialized });
      return [inner, aModel('outer_n', n, sql`select n from ${inner}`)];
    };
    await lab.build(inlined(table()));
    await lab.build(inlined(ephemeral()));
    const { orphans } = await findGarbage(lab.session, names, dagOf(...inlined(ephemeral())));
    expect(orphans.map(({ name, isOurs }) => [name, isOurs])).toEqual([['inner_n', true]]);
  });

  it('is nothing where nothing was ever built', async () => {
    const lab = await openLab();
    expect(await findGarbage(lab.session, names, dagOf(kept()))).toEqual({
      candidates: [],
      orphans: [],
      feeds: [],
      killedRuns: [],
      unknownNodes: [],
    });
  });
});

describe('changes of rows', () => {
  const columns = { id: integer(), kind: integer() };
  const rows = (...kinds: readonly number[]) => ({ raw: kinds.map((kind, id) => ({ id, kind })) });

  /** Items, and counts of them by one of their columns, if any. */
  function items(by?: 'id' | 'kind') {
    const raw = aSource('raw', columns, { key: ['id'] });
    const kept = aModel('items', columns, sql`select id, kind from ${raw}`, { key: ['id'] });
    const mapping = by === 'id' ? mapped(kept, { id: 'id' }) : mapped(kept, { kind: 'kind' });
    const counts = aModel('counts', columns, sql`select count(*) as id, kind from ${kept} group by kind`, {
      key: ['kind'],
      materialized: incremental({ maxShare: 1, inputs: [mapping] }),
    });
    return [raw, kept, ...(by ? [counts] : [])];
  }

  /** A target whose items have changed once since their counts were built. */
  async function changed(lab: Lab, schemaPrefix = ''): Promise<void> {
    await lab.build(items('kind'), { rows: rows(1, 1, 2), schemaPrefix });
    await lab.build(items('kind'), { rows: rows(1, 2, 2), schemaPrefix, select: ['+items'] });
  }

  const feedsOf = async (lab: Lab) =>
    (
      await lab.query(
        "select table_schema, table_name from information_schema.tables where table_schema like '%feeds'",
      )
    )
      .map(({ table_schema, table_name }) => `${table_schema}.${String(table_name).replace(/__.*/, '')}`)
      .sort();

  it('are garbage once nothing maps the relation any more, or by other columns than before', async () => {
    const lab = await openLab();
    await changed(lab);
    expect((await findGarbage(lab.session, names, dagOf(...items('kind')))).feeds).toEqual([]);
    for (const project of [items(), items('id'), [kept()]]) {
      const { feeds, orphans } = await findGarbage(lab.session, names, dagOf(...project));
      expect(
        feeds.map(({ node, schema, name, kind, steps }) => [node, schema, name, kind, steps.length]),
      ).toEqual([['items', '_matinee_feeds', expect.stringMatching(/^items__[0-9a-f]{8}$/), 'table', 1]]);
      expect(orphans.some(({ schema }) => schema === '_matinee_feeds')).toBe(false);
    }
  });

  it('that nobody maps go with what the ledger notes of them, asked for or not', async () => {
    const lab = await openLab();
    await changed(lab);
    await lab.session.execute('create table _matinee_feeds.by_hand as select 1 as x');
    await collectGarbage(lab.session, names, await findGarbage(lab.session, names, dagOf(...items())), false);
    expect(await feedsOf(lab)).toEqual(['_matinee_feeds.by_hand']);
    expect(await lab.query('select * from _matinee.change_feeds')).toEqual([]);
    expect((await findGarbage(lab.session, names, dagOf(...items()))).feeds).toEqual([]);
    const result = await lab.build(items('kind'), { rows: rows(2, 2, 2) });
    expect(result.status).toBe('ok');
    expect(await lab.rows('lab.counts')).toEqual([{ id: 3, kind: 2 }]);
  });

  it('are garbage in the ledger alone when their table was dropped by hand', async () => {
    const lab = await openLab();
    await changed(lab);
    await lab.session.execute('drop schema _matinee_feeds cascade');
    const garbage = await findGarbage(lab.session, names, dagOf(...items()));
    expect(garbage.feeds).toMatchObject([{ node: 'items', kind: undefined, steps: { length: 1 } }]);
    await collectGarbage(lab.session, names, garbage, false);
    expect(await lab.query('select * from _matinee.change_feeds')).toEqual([]);
  });

  it('of another target in the same file are left alone', async () => {
    const lab = await openLab();
    await changed(lab);
    await changed(lab, 'dev_');
    const dev = new Namer('duckdb', 'dev_');
    const garbage = await findGarbage(lab.session, dev, dagOf(...items()));
    expect(garbage.feeds.map(({ schema }) => schema)).toEqual(['dev__matinee_feeds']);
    await collectGarbage(lab.session, dev, garbage, true);
    expect(await feedsOf(lab)).toEqual(['_matinee_feeds.items']);
    expect(await lab.query('select count(*) as n from _matinee.change_feeds')).toEqual([{ n: 1 }]);
    expect(await lab.query('select count(*) as n from dev__matinee.change_feeds')).toEqual([{ n: 0 }]);
  });
});
