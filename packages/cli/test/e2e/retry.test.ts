import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { copyForEachTest } from '../support/built-workspace.js';
import type { TestWorkspace } from '../support/workspace.js';

const UNIT_TEST = 'packages/models-sales/src/tests/named_countries.ts';

let shop: TestWorkspace;
copyForEachTest((copy) => {
  shop = copy;
});

const ORDERS = 'order_id,country_code,amount\n';

/** The nodes of the run that `args` starts, with their status. */
async function results(...args: string[]): Promise<Record<string, string>> {
  const last = (await shop.events(args)).at(-1);
  expect(last?.type).toBe('run_finished');
  const nodes: readonly { node: string; status: string }[] = last?.result.nodes;
  return Object.fromEntries(nodes.map(({ node, status }) => [node, status]));
}

describe('matinee retry', () => {
  it('builds exactly what failed or was skipped, and remembers the command', async () => {
    shop.write('data/orders.csv', `${ORDERS}1,de,10\n1,de,11\n`);
    expect(await results('build')).toMatchObject({
      countries: 'reused',
      src_orders: 'failed',
      raw_orders: 'skipped',
      fct_countries: 'skipped',
    });
    const again = await shop.run(['retry']);
    expect(again.code).toBe(1);
    expect(again.stdout).toMatch(/^The last run \(matinee build, failed\) left 3 nodes undone\.\n3 nodes, /);
    shop.write('data/orders.csv', `${ORDERS}1,de,10\n2,de,11\n`);
    expect(await results('retry')).toEqual({ raw_orders: 'ok', src_orders: 'ok', fct_countries: 'ok' });
    expect(await shop.events(['history', '--limit', '1'])).toMatchObject([
      { command: 'build', status: 'ok', built: 3 },
    ]);
  });

  it('has nothing to do after a good run', async () => {
    expect(await shop.run(['retry'])).toEqual({
      code: 0,
      stdout: 'Nothing to do: the last run (matinee build, ok) left nothing undone.\n',
      stderr: '',
    });
    expect(await shop.events(['retry'])).toMatchObject([{ type: 'retry', status: 'ok', unfinished: [] }]);
  });

  it('does the rest of a run that was killed', async () => {
    shop.makeSlow();
    const build = shop.start(['build']);
    await build.until(/fct_countries/);
    await sleep(300);
    build.child.kill('SIGKILL');
    await build.finished;
    shop.makeFast();
    expect((await shop.run(['plan'])).stdout).toMatch(
      /\ncreate {2}sales\.fct_countries .*\n[\s\S]*\n1 to build, 5 reused;/,
    );
    const events = await shop.events(['retry']);
    expect(events[0]).toMatchObject({ type: 'retry', command: 'build', status: 'killed' });
    // What was published is on record; what was only to be reused is not, and is reused now.
    expect(events[0]?.unfinished).toEqual(['countries', 'int_named', 'names_snapshot', 'fct_countries']);
    const nodes: readonly { node: string; status: string }[] = events.at(-1)?.result.nodes;
    expect(nodes.filter(({ status }) => status !== 'reused')).toMatchObject([
      { node: 'fct_countries', status: 'ok', rows: 1 },
    ]);
    expect((await shop.run(['history'])).stdout).toMatch(/ build +dev +killed /);
  });

  it('has the variables and options of the run, unless others are given', async () => {
    shop.write('data/orders.csv', `${ORDERS}1,de,10\n1,de,11\n2,fr,1\n`);
    const vars = '{"min_amount":5}';
    expect(
      (await shop.run(['build', '--vars', vars, '--full-refresh', '--exclude', 'names_snapshot'])).code,
    ).toBe(1);
    shop.write('data/orders.csv', `${ORDERS}1,de,10\n2,de,4\n`);
    const env = { MATINEE_VARS: '{"min_amount":1}' };
    expect((await shop.run(['retry'], { env })).code).toBe(0);
    expect(await shop.rows('select amount from base.src_orders')).toEqual([{ amount: 10 }]);

    shop.write('data/orders.csv', `${ORDERS}1,de,10\n1,de,11\n2,fr,1\n`);
    expect((await shop.run(['build', '--vars', vars])).code).toBe(1);
    shop.write('data/orders.csv', `${ORDERS}1,de,10\n2,de,4\n`);
    expect((await shop.run(['retry', '--vars', '{"min_amount":3}'])).code).toBe(0);
    expect(await shop.rows('select amount from base.src_orders order by all')).toEqual([
      { amount: 4 },
      { amount: 10 },
    ]);
  });

  it('publishes together again what was to be published together', async () => {
    shop.write('data/orders.csv', `${ORDERS}1,de,10\n1,de,11\n`);
    shop.replace('packages/models-base/src/seeds/countries.csv', 'it,Italy', 'it,Italia');
    const failed = await results('build', '--atomic');
    expect(failed).toMatchObject({ countries: 'skipped', src_orders: 'failed' });
    const italy = "select country_name from base.countries where country_code = 'it'";
    expect(await shop.rows(italy)).toEqual([{ country_name: 'Italy' }]);
    expect(await results('retry')).toMatchObject({ countries: 'skipped', src_orders: 'failed' });
    shop.write('data/orders.csv', `${ORDERS}1,de,10\n2,de,11\n`);
    expect(await results('retry')).toMatchObject({ countries: 'ok', src_orders: 'ok' });
    expect(await shop.rows(italy)).toEqual([{ country_name: 'Italia' }]);
  });

  it('runs tests again that did not pass', async () => {
    shop.replace(UNIT_TEST, "expected: [{ country_code: 'de'", "expected: [{ country_code: 'fr'");
    const { code, stdout } = await shop.run(['test']);
    expect(code).toBe(1);
    expect(stdout).toContain('\nRun again what failed:  npx matinee retry\n');
    shop.replace(UNIT_TEST, "expected: [{ country_code: 'fr'", "expected: [{ country_code: 'de'");
    const last = (await shop.events(['retry'])).at(-1);
    expect(last?.result).toMatchObject({
      command: 'test',
      status: 'ok',
      nodes: [],
      unitTests: [{ test: 'named_countries', status: 'passed' }],
    });
  });

  it('says what to run where nothing ever ran', async () => {
    const { code, stderr } = await shop.run(['retry', '--target', 'prod']);
    expect([code, stderr.split('  ')[0]]).toEqual([1, 'error WAREHOUSE_MISSING']);
  });
});
