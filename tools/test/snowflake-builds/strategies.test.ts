/** Incremental models that promise less than their full refresh. */
import {
  type Incremental,
  incremental,
  integer,
  model,
  type Sql,
  sql,
  table,
  timestamp,
} from '@matinee/core';
import { expect, it } from 'vitest';
import { Lab } from './lab.js';

const columns = { id: integer(), amount: integer(), at: timestamp() };

/** A table that is delivered anew for each build, and what is kept of the deliveries. */
function project(delivery: Sql, materialized: Incremental<'amount' | 'at'>): readonly unknown[] {
  const delivered = model({
    name: 'delivered',
    description: 'What has come.',
    materialized: table(),
    columns,
    query: delivery,
  });
  const kept = model({
    name: 'kept',
    description: 'What is kept of it.',
    materialized,
    columns,
    key: ['id', 'amount'],
    query: sql`select id, amount, at from ${delivered}`,
  });
  return [delivered, kept];
}

const FIRST = sql`
  select 1 as id, 1 as amount, cast('2020-01-01 01:00:00' as timestamp) as at
  union all select 2, 1, cast('2020-01-05 02:00:00' as timestamp)
  union all select 3, 2, cast('2020-01-06 01:00:00.123456' as timestamp)`;
const SECOND = sql`
  select 2 as id, 2 as amount, cast('2020-01-05 03:00:00' as timestamp) as at
  union all select 4, 4, cast('2020-01-06 09:00:00' as timestamp)`;
const NOTHING = sql`select 0 as id, 0 as amount, cast('2020-01-01' as timestamp) as at where 1 = 0`;
const TWICE = sql`
  select 7 as id, 7 as amount, cast('2020-01-07 01:00:00' as timestamp) as at
  union all select 7, 7, cast('2020-01-07 02:00:00' as timestamp)`;

const strategies: readonly [string, Incremental<'amount' | 'at'>, second: string, nothing: string][] = [
  ['append', incremental({ strategy: 'append' }), '1 2 2 3 4', '1 2 2 3 4'],
  ['merge', incremental({ strategy: 'merge' }), '1 2 2 3 4', '1 2 2 3 4'],
  ['deleteInsert', incremental({ strategy: 'deleteInsert', deleteBy: ['amount'] }), '1 2 2 4', '1 2 2 4'],
  ['microbatch', incremental({ microbatch: { time: 'at', batch: 'day' } }), '1 2 4', '1'],
];

it.each(strategies)(
  'an increment by %s gives the rows that it promises',
  async (_, materialized, ...later) => {
    const lab = await Lab.open();
    for (const [delivery, expected] of [
      [FIRST, '1 2 3'],
      [SECOND, later[0]],
      [NOTHING, later[1]],
    ] as const) {
      const result = await lab.build(project(delivery, materialized));
      expect(result.nodes.map(({ error }) => error?.message)).toEqual([undefined, undefined]);
      const kept = await lab.rows('select id from lab.kept order by id');
      expect(kept.map(({ id }) => id).join(' ')).toBe(expected);
    }
  },
);

it.each(strategies.slice(1))('%s refuses a key that comes twice, and says which', async (_, materialized) => {
  const lab = await Lab.open();
  await lab.build(project(FIRST, materialized));
  const { nodes } = await lab.build(project(TWICE, materialized));
  expect(nodes.find(({ node }) => node === 'kept')?.error).toMatchObject({
    code: 'KEY_TWICE',
    message: 'kept: 1 key(s) of new rows are there more than once, such as id, amount = (7, 7).',
  });
  expect(await lab.rows('select id from lab.kept order by id')).toHaveLength(3);
});
