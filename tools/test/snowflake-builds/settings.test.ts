/** Settings of models and targets that only Snowflake has. */
import { integer, model, type SnowflakeTable, type Sql, sql, table } from '@matinee/core';
import { describe, expect, it } from 'vitest';
import { Lab, statuses } from './lab.js';

const number = (name: string, query: Sql, snowflake: SnowflakeTable<'n'> = {}) =>
  model({
    name,
    description: `The number ${name}.`,
    materialized: table(),
    columns: { n: integer() },
    query,
    snowflake,
  });

describe('a model’s own warehouse', () => {
  it.each([
    ['builds', sql`select 1 as n`, 'ok'],
    ['fails', sql`select 1 / 0 as n`, 'failed'],
  ])('is left again once it %s', async (_how, query, status) => {
    const lab = await Lab.open({ warehouses: ['COMPUTE_WH', 'BIG_WH'] });
    const big = number('big', query, { warehouse: 'big_wh' });
    const result = await lab.build(
      [big, number('small', sql`select 2 as n`)],
      { threads: 1 },
      {
        warehouse: 'COMPUTE_WH',
      },
    );
    expect(statuses(result)).toEqual({ big: status, small: 'ok' });
    const steps = lab.sent(/^use warehouse|^create .* table "LAB"\./);
    const uses = steps.map(
      (step) => /"(BIG_WH|COMPUTE_WH|BIG|SMALL)\b/.exec(step.replace(/__/g, ' '))?.[1] ?? step,
    );
    expect(uses).toEqual(['BIG_WH', ...(status === 'ok' ? ['BIG'] : []), 'COMPUTE_WH', 'SMALL']);
  });
});

it('cluster keys stay with each new version', async () => {
  const lab = await Lab.open();
  const clustered = (n: number) => [number('one', sql`select ${n} as n`, { clusterBy: ['n'] })];
  for (const n of [1, 2]) {
    expect((await lab.build(clustered(n))).status).toBe('ok');
    expect(await lab.rows('show tables in schema lab')).toMatchObject([
      { name: 'ONE', cluster_by: expect.stringMatching(/"?N"?/) },
    ]);
  }
});

it('a table whose rows stay is stored anew once its settings are others', async () => {
  const lab = await Lab.open();
  const stored = async (snowflake: SnowflakeTable<'n'>) => {
    const one = number('one', sql`select 1 as n`, snowflake);
    const result = await lab.build([one, number('two', sql`select n + 1 as n from ${one}`)]);
    const [shown] = await lab.rows("show tables like 'ONE' in schema lab");
    return [shown?.kind, shown?.cluster_by !== '', ...Object.values(statuses(result))];
  };
  expect(await stored({})).toEqual(['TRANSIENT', false, 'ok', 'ok']);
  expect(await stored({ transient: false })).toEqual(['TABLE', false, 'ok', 'reused']);
  expect(await stored({ transient: false, clusterBy: ['n'] })).toEqual(['TABLE', true, 'ok', 'reused']);
  expect(await stored({ clusterBy: ['n'] })).toEqual(['TRANSIENT', true, 'ok', 'reused']);
  expect(await stored({ clusterBy: ['n'] })).toEqual(['TRANSIENT', true, 'reused', 'reused']);
  expect(lab.sent(/^create or replace table "LAB"."ONE__2__CANDIDATE" copy grants as/)).toHaveLength(1);
});

it('a target reads from another one what it has not built', async () => {
  const lab = await Lab.open();
  const base = number('base', sql`select 7 as n`);
  const double = number('double', sql`select 2 * n as n from ${base}`);
  await lab.build([base, double], { schemaPrefix: 'prod_' }, { schemaPrefix: 'prod_' });
  const defer = { database: 'LAB', schemaPrefix: 'prod_' };
  const result = await lab.build([base, double], { select: ['double'], defer });
  expect(statuses(result)).toEqual({ double: 'ok' });
  expect(await lab.rows('select n from lab.double')).toEqual([{ n: 14 }]);
  expect((await lab.session.relations(['lab'])).map(({ name }) => name)).toEqual(['double']);
});

describe('hooks of a process that has lost its target to another one', () => {
  it('write nothing there, and the run says why', async () => {
    const lab = await Lab.open();
    const other = sql`
      update _matinee.lease
      set fence = fence + 1, holder = 'other', expires_at = dateadd(minute, 2, sysdate())`;
    const result = await lab.build([number('one', sql`select 1 as n`)], {
      onRunStart: [other],
      onRunEnd: [sql`create table lab.hooked as select 1 as n`],
    });
    expect(result).toMatchObject({ status: 'failed', error: { code: 'HOOK_FAILED' } });
    expect(result.error?.message).toContain('Another process may write to this target by now');
    expect(lab.sent(/hooked/)).toEqual([]);
  });
});
