import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestWorkspace } from '../support/workspace.js';

const shop = new TestWorkspace();
beforeAll(async () => {
  expect((await shop.run(['build', '--target', 'prod'])).code).toBe(0);
  shop.write('data/orders.csv', 'order_id,country_code,amount\n1,de,10.5\n2,fr,21\n3,de,4\n4,it,1\n');
  expect((await shop.run(['build'])).code).toBe(0);
  await shop.execute(
    'create schema scratch',
    'create table scratch.before as select upper(country_name) as COUNTRY_NAME, cast(orders as varchar) as orders, amount * (1 + 1e-12) as amount, 1 as more from sales.fct_countries',
    'create table scratch.close as select country_name, amount * (1 + 1e-12) as amount from sales.fct_countries',
  );
});
afterAll(() => shop.remove());

const diff = async (...args: string[]) => {
  const { code, stdout, stderr } = await shop.run(['diff', ...args]);
  return { code, lines: stdout.split('\n').slice(0, -1), stderr };
};

describe('matinee diff', () => {
  it('compares a node in two targets by its key, whichever comes first', async () => {
    expect(await diff('fct_countries', 'prod:fct_countries')).toEqual({
      code: 1,
      lines: [
        'left   sales.fct_countries            3 rows',
        'right  prod:live_sales.fct_countries  2 rows',
        '3 columns compared, rows found by country_name',
        '',
        '✗ 1 row only left, 1 differs (amount 1)',
        '┌──────────────┬───────────┬─────────┐',
        '│ country_name │           │ amount  │',
        '├──────────────┼───────────┼─────────┤',
        '│ France       │ differs   │ 21 → 20 │',
        '│ Italy        │ only left │ 1       │',
        '└──────────────┴───────────┴─────────┘',
      ],
      stderr: '',
    });
    expect((await diff('prod:live_sales.fct_countries', 'dev:fct_countries')).lines).toEqual(
      expect.arrayContaining([
        'left   prod:live_sales.fct_countries  2 rows',
        'right  dev:sales.fct_countries        3 rows',
        '✗ 1 row only right, 1 differs (amount 1)',
      ]),
    );
  });

  it('finds views and equal tables equal, what a load notes aside', async () => {
    expect((await diff('prod:countries', 'countries')).code).toBe(0);
    expect((await diff('src_orders', 'src_orders')).lines.at(-1)).toBe('✓ equal');
    const { lines } = await diff('raw_orders', 'prod:raw_orders', '--key', 'order_id');
    expect(lines).toContain('✗ 1 row only left, 1 differs (amount 1)');
  });

  it('compares what columns both have, as texts where types have nothing in common', async () => {
    expect(
      (await diff('fct_countries', 'Scratch.Before', '--key', 'COUNTRY_NAME')).lines.slice(2, 6),
    ).toEqual([
      '3 columns compared, rows found by country_name; as texts, for their types differ: orders',
      'only right has: more',
      '',
      '✗ 3 rows only left, 3 only right',
    ]);
  });

  it('takes doubles within a billionth for the same, in whole rows too', async () => {
    expect(await diff('fct_countries', 'scratch.close')).toMatchObject({
      code: 0,
      lines: {
        2: '2 columns compared, rows found by country_name',
        3: 'only left has: orders',
        5: '✓ equal',
      },
    });
    expect(await diff('fct_countries', 'scratch.close', '--no-key')).toMatchObject({ code: 0 });
  });

  it('prints one object for programs', async () => {
    expect(await shop.events(['diff', 'fct_countries', 'prod:fct_countries'])).toMatchObject([
      {
        type: 'diff',
        left: { table: 'sales.fct_countries', rows: 3, onlyHere: [] },
        right: { table: 'prod:live_sales.fct_countries', rows: 2, onlyHere: [] },
        key: ['country_name'],
        columns: ['country_name', 'orders', 'amount'],
        asText: [],
        isDifferent: true,
        difference: { onlyLeft: 1, onlyRight: 0, differing: 1, columns: { amount: 1 } },
      },
    ]);
  });

  it.each([
    [
      ['fct_countries', 'scratch.gone'],
      1,
      /^error TABLE_MISSING {2}There is no table 'scratch\.gone'\.\n {2}→ Name its schema/,
    ],
    [['fct_countrys', 'countries'], 2, /^error SELECTOR .*\n {2}→ Did you mean 'fct_countries'\?\n$/],
    [['int_named', 'countries'], 2, /^error NOT_COMPARABLE {2}'int_named' is not stored/],
    [['countries', 'prd:countries'], 2, /^error TARGET_UNKNOWN /],
    [
      ['countries', 'src_orders', '--key', 'amount'],
      2,
      /^error DIFF_KEY {2}The key 'amount' is not a column of both tables\.\n {2}→ Both have: country_code\.\n/,
    ],
    [
      ['countries', 'src_orders'],
      2,
      /^error DIFF_KEY {2}\(country_code\) identifies no row of base\.src_orders: several/,
    ],
    [
      ['countries', '_matinee.runs'],
      2,
      /^error NO_SHARED_COLUMNS {2}base\.countries and _matinee\.runs have no column in common\.\n/,
    ],
  ])('%j cannot be compared', async (args, expected, message) => {
    const { code, stderr } = await diff(...args);
    expect(stderr).toMatch(message);
    expect(code).toBe(expected);
  });

  it('says what to build where a node or a target was not built', async () => {
    const other = new TestWorkspace();
    expect((await other.run(['diff', 'countries', 'prod:countries'])).stderr).toMatch(
      /^error WAREHOUSE_MISSING {2}Target 'dev' was never built\./,
    );
    await other.run(['seed']);
    expect((await other.run(['diff', 'countries', 'src_orders'])).stderr).toBe(
      "error NODE_NOT_BUILT  'src_orders' was not built yet.\n  → Build it first: matinee build --select '+src_orders'.\n",
    );
    expect((await other.run(['diff', 'countries', 'prod:countries'])).stderr).toMatch(
      /^error WAREHOUSE_MISSING {2}Target 'prod' was never built\.\n.*\n {2}→ Build it first: matinee build --target prod\.\n$/,
    );
    other.remove();
  });
});
