import { openDuckDb } from '@matinee/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addAmounts } from '../support/amounts.js';
import { TestWorkspace } from '../support/workspace.js';

const shop = new TestWorkspace();
beforeAll(async () => {
  addAmounts(shop);
  expect((await shop.run(['build'])).code).toBe(0);
  shop.write('data/orders.csv', 'order_id,country_code,amount\n1,de,10.5\n2,fr,20\n3,de,4\n4,it,1\n');
  expect((await shop.run(['build'])).stdout).toMatch(/ base\.int_amounts .* \d\.\d\ds {2}1 row anew\n/);
});
afterAll(() => shop.remove());

/** Changes what is published behind Matinee's back: one row each differs, is gone and is too many. */
function tamper(): Promise<void> {
  return shop.execute(
    "update base.int_amounts set amount = amount + 1 where country_code = 'de'",
    "delete from base.int_amounts where country_code = 'fr'",
    "insert into base.int_amounts values ('xx', 1, 1)",
  );
}

/** Adds `int_orders`, another incremental model. */
function addOrders(workspace: TestWorkspace): void {
  workspace.write(
    'packages/models-base/src/intermediate/int_orders.ts',
    `import { incremental, integer, model, sql } from '@matinee/core';
import { rawOrders } from '../sources/raw_orders.js';

export const intOrders = model({
  name: 'int_orders',
  description: 'One row per order.',
  materialized: incremental(),
  columns: { order_id: integer() },
  key: ['order_id'],
  query: sql\`select order_id from \${rawOrders}\`,
});
`,
  );
  workspace.replace(
    'packages/models-base/src/warehouse.ts',
    "export * from './variables.js';",
    "export * from './intermediate/int_orders.js';\nexport * from './variables.js';",
  );
}

const untimed = (text: string) =>
  text
    .replaceAll(/\d+\.\d\ds/g, 'Ns')
    .replaceAll(/ +$/gm, '')
    .split('\n');

describe('matinee verify', () => {
  it('finds incremental tables equal to their full refresh', async () => {
    const { code, stdout, stderr } = await shop.run(['verify']);
    expect([code, stderr]).toEqual([0, '']);
    expect(untimed(stdout)).toEqual([
      '1 incremental model in target/shop.duckdb',
      '✓ base.int_amounts           3 rows  equal  Ns',
      '',
      '1 model equals its full refresh in Ns',
      '',
    ]);
  });

  it('reads while others read, and writes nothing', async () => {
    const reader = await openDuckDb({ path: shop.database, readOnly: true });
    const before = await shop.rows('select run_id from _matinee.runs');
    expect((await shop.run(['verify', '--lock-timeout', '0'])).code).toBe(0);
    await reader.close();
    expect(await shop.rows('select run_id from _matinee.runs')).toEqual(before);
  });

  it.each([
    [
      ['--select', 'src_orders'],
      2,
      /^error NOT_INCREMENTAL {2}No published incremental model is selected\.\n/,
    ],
    [['--target', 'prod'], 1, /^error WAREHOUSE_MISSING /],
  ])('has nothing to compare with %j', async (args, expected, message) => {
    const { code, stdout, stderr } = await shop.run(['verify', ...args]);
    expect([code, stdout]).toEqual([expected, '']);
    expect(stderr).toMatch(message);
  });

  it('counts what differs and shows some of it, and ends with 1', async () => {
    await tamper();
    const { code, stdout } = await shop.run(['verify']);
    expect(code).toBe(1);
    expect(untimed(stdout)).toEqual([
      '1 incremental model in target/shop.duckdb',
      '✗ base.int_amounts           3 rows  1 row only published, 1 only in the refresh, 1 differs (amount 1)  Ns',
      '  is one of its inputs mapped to the wrong rows, or has somebody changed the table?',
      '',
      'base.int_amounts',
      '  ┌──────────────┬─────────────────────┬─────────────┐',
      '  │ country_code │                     │ amount      │',
      '  ├──────────────┼─────────────────────┼─────────────┤',
      '  │ de           │ differs             │ 15.5 → 14.5 │',
      '  │ fr           │ only in the refresh │ 20          │',
      '  │ xx           │ only published      │ 1           │',
      '  └──────────────┴─────────────────────┴─────────────┘',
      '',
      '1 of 1 model differs from its full refresh in Ns',
      'Build anew what differs:  npx matinee build --full-refresh --select int_amounts',
      '',
    ]);
  });

  it('prints one object a model for programs, and the sum', async () => {
    expect(await shop.events(['verify'])).toMatchObject([
      {
        type: 'verified',
        node: 'int_amounts',
        isCurrent: true,
        isDifferent: true,
        difference: {
          onlyLeft: 1,
          onlyRight: 1,
          differing: 1,
          columns: { amount: 1 },
          samples: { length: 3 },
        },
      },
      {
        type: 'verify_finished',
        verified: 1,
        different: ['int_amounts'],
        failed: [],
        unpublished: [],
        seconds: expect.any(Number),
      },
    ]);
  });

  it('is content once what differs was built anew', async () => {
    expect((await shop.run(['build', '--full-refresh', '--select', 'int_amounts'])).code).toBe(0);
    expect((await shop.run(['verify'])).code).toBe(0);
  });

  it('says so of a table that is behind its code', async () => {
    shop.replace('packages/models-base/src/intermediate/int_amounts.ts', 'sum(amount)', 'sum(amount) + 1');
    const { code, stdout } = await shop.run(['verify', '--select', 'int_amounts']);
    expect(code).toBe(1);
    expect(stdout).toMatch(
      / 3 rows differ \(amount 3\) .*\n {2}its inputs or its code have changed .* matinee build first\n/,
    );
    expect(stdout).toContain('Bring up to date first:   npx matinee build --select +int_amounts\n');
    expect(stdout).not.toContain('--full-refresh');
  });

  it('shows a model that cannot be computed with its error, compares the others, and ends with 1', async () => {
    shop.replace('packages/models-base/src/intermediate/int_amounts.ts', 'sum(amount) + 1', 'sum(amont)');
    addOrders(shop);
    expect((await shop.run(['build', '--select', 'int_orders'])).code).toBe(0);
    const { code, stdout, stderr } = await shop.run(['verify']);
    expect([code, stderr]).toEqual([1, '']);
    expect(untimed(stdout)).toEqual([
      '2 incremental models in target/shop.duckdb',
      '✗ base.int_amounts           3 rows  could not be compared  Ns',
      '  its inputs or its code have changed since it was built: run matinee build first',
      '✓ base.int_orders            4 rows  equal  Ns',
      '',
      'base.int_amounts',
      expect.stringMatching(/^ {2}error QUERY_FAILED {2}int_amounts: .*"amont" not found/),
      expect.stringMatching(/^ {4}Candidate bindings/),
      expect.stringMatching(/^ {4}packages\/models-base\/src\/intermediate\/int_amounts\.ts:\d+$/),
      '    → matinee compile int_amounts prints the SQL as it runs.',
      '',
      '1 of 2 models equals its full refresh in Ns; 1 could not be compared',
      '',
    ]);
  });

  it('tells programs which models could not be computed, and why', async () => {
    expect(await shop.events(['verify'])).toMatchObject([
      {
        type: 'verified',
        node: 'int_amounts',
        error: {
          code: 'QUERY_FAILED',
          message: expect.any(String),
          location: {
            file: 'packages/models-base/src/intermediate/int_amounts.ts',
            line: expect.any(Number),
          },
          hint: 'matinee compile int_amounts prints the SQL as it runs.',
        },
      },
      { type: 'verified', node: 'int_orders', isDifferent: false },
      { type: 'verify_finished', verified: 1, different: [], failed: ['int_amounts'] },
    ]);
  });
});
