import { describe, expect, it } from 'vitest';
import {
  derivedFrom,
  incremental,
  integer,
  mapped,
  packedHigh,
  packedKey,
  type Renderable,
  sql,
} from '../../src/index.js';
import { type Lab, nodeOf, openLab, testOf } from '../support/lab.js';
import { aModel, aSource } from '../support/nodes.js';

/** A fact under a surrogate key of user and item, computed anew for the users whose votes have changed. */
function project(key: Renderable, isDerived = false) {
  const raw = aSource(
    'raw',
    { user_id: integer(), item_id: integer(), stars: integer() },
    { key: ['user_id', 'item_id'] },
  );
  const user_id = isDerived ? integer().test(derivedFrom('vote_id', packedHigh)) : integer();
  const fact = aModel(
    'fact',
    { vote_id: integer(), user_id, item_id: integer(), stars: integer() },
    sql`select ${key} as vote_id, user_id, item_id, stars from ${raw}`,
    {
      key: ['vote_id'],
      materialized: incremental({ maxShare: 1, inputs: [mapped(raw, { user_id: 'user_id' })] }),
    },
  );
  return [raw, fact];
}

const row = (user_id: number, item_id: number) => ({ user_id, item_id, stars: 1 });
const build = (lab: Lab, declarations: readonly unknown[], ...raw: readonly ReturnType<typeof row>[]) =>
  lab.build(declarations, { rows: { raw } });
const unique = 'unique_fact_vote_id';

describe('the unique test of an increment', () => {
  it('finds a new row with the key of an old one that stays', async () => {
    const lab = await openLab();
    const colliding = project(sql`user_id * 10 + item_id`);
    await build(lab, colliding, row(1, 10), row(2, 5));
    const result = await build(lab, colliding, row(1, 10), row(2, 5), row(2, 0));
    expect(nodeOf(result, 'fact')).toMatchObject({ status: 'failed', action: 'increment' });
    expect(testOf(result, unique)).toMatchObject({
      status: 'failed',
      failures: 1,
      samples: [{ vote_id: 20, row_count: 2 }],
    });
  });

  it('lets a row have the key of one that goes', async () => {
    const lab = await openLab();
    const colliding = project(sql`user_id * 10 + item_id`);
    await build(lab, colliding, row(1, 10), row(3, 5));
    const result = await build(lab, colliding, row(2, 0), row(3, 5));
    expect(result.status).toBe('ok');
    expect(await lab.rows('lab.fact')).toMatchObject([{ vote_id: 20, user_id: 2 }, { vote_id: 35 }]);
  });

  it('reads no old row where the key tells the user', async () => {
    const key = packedKey(sql`user_id`, sql`item_id`);
    const readsOld = async (isDerived: boolean) => {
      const lab = await openLab();
      const declarations = project(key, isDerived);
      await build(lab, declarations, row(1, 10), row(2, 5));
      const result = await build(lab, declarations, row(1, 10), row(2, 5), row(2, 6));
      expect(result.status).toBe('ok');
      expect(testOf(result, unique).status).toBe('passed');
      return testOf(result, unique).sql.includes('from "lab"."fact"');
    };
    expect(await readsOld(false)).toBe(true);
    expect(await readsOld(true)).toBe(false);
  });

  it('is no test at all in a full build whose key tells the key of what it is made of', async () => {
    const lab = await openLab();
    const raw = aSource('raw', { id: integer() }, { key: ['id'] });
    const fact = aModel(
      'fact',
      { vote_id: integer(), id: integer().test(derivedFrom('vote_id', (key) => sql`${key} - 5`)) },
      sql`select raw.id + 5 as vote_id, raw.id from ${raw} as raw`,
      { key: ['vote_id'] },
    );
    const result = await lab.build([raw, fact], { rows: { raw: [{ id: 1 }, { id: 2 }] } });
    expect(testOf(result, unique)).toMatchObject({ status: 'proved' });
    expect(testOf(result, 'derived_fact_id__vote_id').status).toBe('passed');
  });
});
