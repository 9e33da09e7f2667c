import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestWorkspace } from '../support/workspace.js';

const ARGS = ['--select', 'package:models-sales', '--exclude', 'kind:unit_test', '--defer', 'prod'];

let shop: TestWorkspace;
beforeAll(async () => {
  shop = new TestWorkspace();
});
afterAll(() => shop.remove());

describe('--defer', () => {
  it('says so if the other target was never built', async () => {
    expect(await shop.run(['build', ...ARGS])).toEqual({
      code: 1,
      stdout: '',
      stderr:
        "error WAREHOUSE_MISSING  Target 'prod' was never built.\n  target/prod.duckdb\n  → Build it first: matinee build --target prod.\n",
    });
  });

  it('builds one package on what stands in the other target, and leaves that as it is', async () => {
    expect((await shop.run(['build', '--target', 'prod'])).code).toBe(0);
    const before = (await shop.events(['history', '--target', 'prod'])).length;
    const planned = await shop.run(['plan', ...ARGS]);
    expect(planned.stdout).toContain('\nRead from target prod: countries, src_orders\n');
    expect((await shop.events(['plan', ...ARGS])).at(-1)).toMatchObject({
      deferred: ['countries', 'src_orders'],
    });
    const { code, stdout } = await shop.run(['build', ...ARGS]);
    expect([code, stdout.match(/^\d\d:\d\d:\d\d +OK .*?(\w+\.\w+) /gm)?.length]).toEqual([0, 3]);
    expect(await shop.rows('select country_name, amount from sales.fct_countries order by all')).toEqual([
      { country_name: 'France', amount: 20 },
      { country_name: 'Germany', amount: 14.5 },
    ]);
    expect((await shop.run(['show', 'src_orders'])).stderr).toMatch(/^error NODE_NOT_BUILT/);
    expect(await shop.events(['history', '--target', 'prod'])).toHaveLength(before);
  });

  it('reads the published copy of the other target where there is one', async () => {
    shop.replace(
      'matinee.config.ts',
      "path: 'target/prod.duckdb'",
      "path: 'target/prod.duckdb', published: 'target/readers.duckdb'",
    );
    expect((await shop.run(['build', '--target', 'prod'])).stdout).toMatch(
      /\npublished {2}target\/readers\.duckdb/,
    );
    shop.delete('target/prod.duckdb');
    const { code, stdout } = await shop.run(['build', ...ARGS, '--full-refresh']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/ OK .* sales\.fct_countries /);
  });

  it('refuses the target itself', async () => {
    for (const command of ['build', 'plan']) {
      const { code, stderr } = await shop.run([command, '--target', 'prod', ...ARGS]);
      expect([code, stderr]).toEqual([
        2,
        "error DEFER_SELF  Target 'prod' cannot defer to 'prod': both are built in one file.\n  target/prod.duckdb\n  → Name another target, which is built in a file of its own.\n",
      ]);
    }
  });
});
