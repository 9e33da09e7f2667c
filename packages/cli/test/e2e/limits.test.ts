import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestWorkspace } from '../support/workspace.js';

let shop: TestWorkspace;
beforeAll(async () => {
  shop = new TestWorkspace();
  const orders = Array.from({ length: 2000 }, (_, index) => `${index},de,1`);
  shop.write('data/orders.csv', `order_id,country_code,amount\n${orders.join('\n')}\n`);
  expect((await shop.run(['build'])).code).toBe(0);
});
afterAll(() => shop.remove());

const ids = () => shop.rows('select order_id from base.src_orders order by all');
const counts = () =>
  shop.rows(
    'select (select count(*) from base.src_orders) as orders, (select count(*) from snapshots.names_snapshot) as names',
  );

describe('a build with fewer rows', () => {
  it('has none with --empty, and all of them without it again; snapshots are left alone', async () => {
    const { code, stdout } = await shop.run(['build', '--empty']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/\n.*REUSE .*snapshots\.names_snapshot +snapshot +3 rows\n/);
    expect(stdout).toMatch(/, 1 not run\n$/);
    expect(await counts()).toEqual([{ orders: 0, names: 3 }]);
    expect((await shop.run(['build'])).code).toBe(0);
    expect(await counts()).toEqual([{ orders: 2000, names: 3 }]);
  });

  it('has the same share of the rows every time with --sample', async () => {
    expect((await shop.run(['build', '--sample', '5%'])).code).toBe(0);
    const first = await ids();
    expect(first.length).toBeGreaterThan(50);
    expect(first.length).toBeLessThan(150);
    expect((await shop.run(['build', '--sample', '5%', '--full-refresh'])).stdout).toMatch(
      /sales\.fct_countries .* same rows\n/,
    );
    expect(await ids()).toEqual(first);
    expect((await shop.run(['build'])).code).toBe(0);
    expect(await counts()).toEqual([{ orders: 2000, names: 3 }]);
  });

  it('is explained in the help', async () => {
    for (const command of ['build', 'plan', 'run']) {
      expect((await shop.run([command, '--help'])).stdout).toContain(
        'An empty or sampled build replaces what the target holds',
      );
    }
  });
});
