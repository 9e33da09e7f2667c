import { describe, expect, it } from 'vitest';
import {
  buildDag,
  collectGarbage,
  ephemeral,
  findGarbage,
  integer,
  Namer,
  sql,
  table,
  view,
} from '../../src/index.js';
import { openLab } from '../support/lab.js';
import { aModel } from '../support/nodes.js';
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
      killedRuns: [],
      unknownNodes: [],
    });
  });
});
