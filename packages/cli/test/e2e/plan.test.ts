import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { copyForEachTest } from '../support/built-workspace.js';
import type { TestWorkspace } from '../support/workspace.js';

const FCT = 'packages/models-sales/src/marts/fct_countries.ts';
const STAGING = 'packages/models-base/src/staging/src_orders.ts';

let shop: TestWorkspace;
copyForEachTest((copy) => {
  shop = copy;
});

describe('the plan of a target that was never built', () => {
  it('has everything to do, and makes no file', async () => {
    const { code, stdout, stderr } = await shop.run(['plan', '--target', 'prod']);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout.split('\n')).toEqual([
      '6 nodes in target/prod.duckdb',
      'seed      live_base.countries            seed       3 tests  new',
      'test      live_sales.int_named           ephemeral  3 tests  inlined where it is read',
      'snapshot  live_snapshots.names_snapshot  snapshot   7 tests  new',
      'load      live_raw.raw_orders            source     3 tests  new',
      'view      live_base.src_orders           view       5 tests  new',
      'create    live_sales.fct_countries       table      5 tests  new',
      '',
      '5 to build, 1 only tested, 0 reused; 26 tests',
      '',
    ]);
    expect(existsSync(`${shop.root}/target/prod.duckdb`)).toBe(false);
  });

  it('does not have it where the upstream is missing, as a build would not', async () => {
    const args = ['--target', 'prod', '--select', 'fct_countries'];
    const planned = await shop.run(['plan', ...args]);
    expect(planned.code).toBe(1);
    expect(planned.stderr).toMatch(/^error UPSTREAM_MISSING /);
    expect((await shop.run(['build', ...args])).stderr).toBe(planned.stderr);
  });
});

describe('a plan', () => {
  it('finds nothing to do where nothing has changed', async () => {
    const { code, stdout } = await shop.run(['plan']);
    expect([code, stdout]).toEqual([
      0,
      '6 nodes in target/shop.duckdb\n\nNothing to do: 6 nodes are reused\n',
    ]);
  });

  it('shows what has changed in the SQL and the contract, and leaves out what is reused', async () => {
    shop.replace(FCT, 'sum(amount)', 'sum(amount * 2)');
    shop.replace(FCT, "key: ['country_name'],", '');
    const { stdout } = await shop.run(['plan']);
    expect(stdout.split('\n')).toEqual([
      '6 nodes in target/shop.duckdb',
      'create  sales.fct_countries  table  4 tests  SQL changed; contract changed',
      '',
      '  SQL',
      '  @@ -1,7 +1,7 @@',
      '   with "__ephemeral_int_named" as (select country_code, country_name from "base"."countries"',
      '   )',
      '   select * from (',
      '  -    select country_name, count(*) as orders, sum(amount) as amount',
      '  +    select country_name, count(*) as orders, sum(amount * 2) as amount',
      '       from "base"."src_orders" as o',
      '       join "__ephemeral_int_named" as n using (country_code)',
      '       group by country_name',
      '',
      '  contract',
      '  @@ -1,4 +1,3 @@',
      '   country_name text not null',
      '   orders int not null',
      '   amount double',
      '  -key (country_name)',
      '',
      '5 nodes are reused (--all lists them)',
      '',
      '1 to build, 5 reused; 4 tests',
      '',
    ]);
    expect((await shop.run(['plan', '--all'])).stdout).toMatch(
      /\nreuse {3}base\.countries +seed +nothing it depends on has changed\n/,
    );
  });

  it('names what is not selected but may come out different', async () => {
    shop.replace(STAGING, 'where amount >=', 'where amount >');
    const { stdout } = await shop.run(['plan', '--select', 'src_orders']);
    expect(stdout).toContain('\nNot selected, but their inputs may change: fct_countries\n');
    expect(stdout).toMatch(/\n {2}-where amount >= 0\n {2}\+where amount > 0\n/);
  });

  it.each([
    [['--vars', '{"min_amount":5}', '--select', 'src_orders'], /variable min_amount changed: 0 → 5\n/],
    [
      ['--full-refresh', '--select', 'countries'],
      /\nseed {2}base\.countries {2}seed {2}up to 3 tests {2}full refresh asked\n/,
    ],
    [['--empty'], /\n2 to build, 2 maybe, 1 only tested, 1 reused; up to 17 tests\n/],
  ])('takes the options of build: %j', async (args, expected) => {
    expect((await shop.run(['plan', ...args])).stdout).toMatch(expected);
  });

  it('is coloured where that is asked for', async () => {
    shop.replace(STAGING, 'where amount >=', 'where amount >');
    const { stdout } = await shop.run(['plan'], { env: { FORCE_COLOR: '1' } });
    expect(stdout).toContain('\u001b[31m-where amount >= 0\u001b[39m');
    expect(stdout).toContain('\u001b[32m+where amount > 0\u001b[39m');
  });
});

describe('a build', () => {
  const changes: Readonly<Record<string, () => void>> = {
    'nothing has changed': () => undefined,
    'the SQL of a view has': () => shop.replace(STAGING, 'where amount >=', 'where amount >'),
    'files have, with the same rows in them': () =>
      shop.write('data/orders.csv', 'order_id,country_code,amount\n3,de,4\n1,de,10.5\n2,fr,20\n'),
    'rows have': () => shop.write('data/orders.csv', 'order_id,country_code,amount\n1,de,10.5\n'),
    'a test has': () => shop.replace(FCT, 'range({ min: 2 }', 'range({ min: 1 }'),
  };

  it.each(Object.keys(changes))('does what was planned when %s', async (name) => {
    changes[name]?.();
    const planned = (await shop.events(['plan'])).filter(({ type }) => type === 'plan_node');
    const events = await shop.events(['build']);
    const results = events.filter(({ type }) => type === 'node_finished').map(({ result }) => result);
    expect(results.map(({ node }) => node).sort()).toEqual(planned.map(({ node }) => node).sort());
    for (const { node, action, conditional, reason } of planned) {
      const result = results.find((one) => one.node === node);
      const isReused = result.action === 'reuse';
      if (!isReused || (!conditional && action !== 'inline')) expect(result.action).toBe(action);
      if (!conditional) expect(result.reason.startsWith(reason)).toBe(true);
    }
    const conditional = planned.filter((node) => node.conditional);
    if (name.startsWith('files')) {
      expect(conditional.map(({ node }) => node)).toEqual(['src_orders', 'fct_countries']);
      expect(results.find(({ node }) => node === 'fct_countries')).toMatchObject({
        action: 'reuse',
        reason: 'its inputs came out with the same rows',
      });
    }
    const tests = planned.flatMap((node) => node.tests).filter(({ runs }) => runs === 'always');
    const ran = events.filter(({ type, result }) => type === 'test_finished' && result.status !== 'reused');
    expect(ran.map(({ result }) => result.test)).toEqual(
      expect.arrayContaining(tests.map(({ test }) => test)),
    );
    expect((await shop.events(['plan'])).at(-1)).toMatchObject({
      type: 'plan_finished',
      target: 'dev',
      place: 'target/shop.duckdb',
      counts: { build: 0, maybe: 0, onlyTested: 0, reused: 6 },
      tests: { run: 0, maybe: 0 },
      downstream: [],
      deferred: [],
    });
  });
});
