import { existsSync, rmSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import { copyForEachTest } from '../support/built-workspace.js';
import type { TestWorkspace } from '../support/workspace.js';

const FCT = 'packages/models-sales/src/marts/fct_countries.ts';

let shop: TestWorkspace;
copyForEachTest((copy) => {
  shop = copy;
});

describe('a failing test', () => {
  it('is told with count, SQL file, rows and how to run it again; what was published stays', async () => {
    shop.write('data/orders.csv', 'order_id,country_code,amount\n1,de,10\n1,de,11\n2,es,5\n');
    const { code, stdout, stderr } = await shop.run(['build']);
    expect([code, stderr]).toEqual([1, '']);
    expect(stdout).toMatch(/FAIL {7}test unique_src_orders_order_id {2}1 failing row\n/);
    expect(stdout).toMatch(/FAIL {2}\d\/6 {2}base\.src_orders .* 5 tests .* 2 failed\n/);
    expect(stdout).toMatch(/SKIP {2}\d\/6 {2}sales\.fct_countries /);
    const [, report = ''] = stdout.split('\n1 failure\n');
    expect(report.split('\n').slice(0, 16)).toEqual([
      '',
      'base.src_orders  TEST_FAILED',
      '  2 tests failed',
      '  packages/models-base/src/staging/src_orders.ts:6',
      '  → What was published before is still in place.',
      '  unique_src_orders_order_id: 1 failing row',
      '    SQL: target/compiled/tests/unique_src_orders_order_id.sql',
      '    ┌──────────┬───────────┐',
      '    │ order_id │ row_count │',
      '    ├──────────┼───────────┤',
      '    │        1 │         2 │',
      '    └──────────┴───────────┘',
      '  relationships_src_orders_country_code__countries: 1 failing row',
      '    SQL: target/compiled/tests/relationships_src_orders_country_code__countries.sql',
      '    ┌──────────┬──────────────┬────────┐',
      '    │ order_id │ country_code │ amount │',
    ]);
    expect(report).toContain('\nRun again what failed:  npx matinee retry\n');
    expect(report).toMatch(/\nFailed after \d+\.\ds: 0 built, 3 reused, 1 failed, 2 skipped; .* 2 failed\n$/);
    expect(shop.read('target/compiled/tests/unique_src_orders_order_id.sql')).toMatch(
      /^-- Rows that fail the test 'unique_src_orders_order_id' of src_orders\.\n[\s\S]*group by "order_id" having count\(\*\) > 1\n$/,
    );
    expect(await shop.rows('select order_id from base.src_orders order by order_id')).toEqual([
      { order_id: 1 },
      { order_id: 2 },
      { order_id: 3 },
    ]);
  });

  it('keeps its rows where that is asked for', async () => {
    shop.write('data/orders.csv', 'order_id,country_code,amount\n1,es,10\n');
    const { code, stdout } = await shop.run(['build', '--store-failures']);
    expect(code).toBe(1);
    expect(stdout).toMatch(
      /rows kept in: \S*_matinee_failures\S*relationships_src_orders_country_code__countries/,
    );
  });

  it('of given and expected rows shows what is missing and what should not be there', async () => {
    const file = 'packages/models-sales/src/tests/named_countries.ts';
    shop.replace(
      file,
      "expected: [{ country_code: 'de', country_name: 'Germany' }]",
      "expected: [{ country_name: 'Spain' }]",
    );
    const { code, stdout } = await shop.run([
      'build',
      '--full-refresh',
      '--select',
      'countries',
      'int_named',
    ]);
    expect(code).toBe(1);
    expect(stdout).toMatch(/FAIL {7}unit test named_countries .*rows differ\n/);
    expect(stdout).toContain('named_countries: 1 expected row missing, 1 unexpected\n');
    expect(stdout).toMatch(/missing:\n.*\n.*country_name.*\n.*\n.*Spain/);
    expect(stdout).toMatch(/unexpected:\n.*\n.*country_name.*\n.*\n.*Germany/);
  });
});

describe('a node that fails', () => {
  it('because of its query: told with file and line, what depends on it is skipped', async () => {
    shop.replace(FCT, 'sum(amount)', "sum(cast(country_name || '' as int) + amount)");
    const { code, stdout } = await shop.run(['build']);
    expect(code).toBe(1);
    expect(stdout).toMatch(/FAIL {2}\d\/6 {2}sales\.fct_countries .*NODE_FAILED|QUERY_FAILED/);
    expect(stdout).toMatch(/\nsales\.fct_countries {2}\w+\n {2}Conversion Error|Could not convert/);
    expect(stdout).toContain(`\n  ${FCT}:`);
    expect(stdout).toContain('\nRun again what failed:  npx matinee retry\n');
  });

  it('is an event with its error for programs', async () => {
    shop.replace(FCT, 'sum(amount)', 'sum(amonut)');
    const { code, stdout } = await shop.run(['build', '--json']);
    expect(code).toBe(1);
    const events = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(events.find((event) => event.result?.node === 'fct_countries')).toMatchObject({
      type: 'node_finished',
      result: { status: 'failed', error: { code: 'QUERY_FAILED', location: { file: FCT, line: 21 } } },
    });
  });
});

describe('what is not there', () => {
  beforeEach(() => rmSync(shop.database));

  it('a target that was never built: show, test and summary say what to run', async () => {
    for (const args of [['show', 'countries'], ['test'], ['summary']]) {
      expect(await shop.run(args)).toEqual({
        code: 1,
        stdout: '',
        stderr:
          "error WAREHOUSE_MISSING  Target 'dev' was never built.\n  target/shop.duckdb\n  → Build it first: matinee build.\n",
      });
    }
    expect(existsSync(shop.database)).toBe(false);
  });

  it('an upstream that was never built: build and show name it and the command', async () => {
    const { code, stderr } = await shop.run(['build', '--select', 'package:models-sales']);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^error UPSTREAM_MISSING .*was never built/);
    expect(stderr).toMatch(/→ .*matinee build --select /);
    await shop.run(['seed']);
    const shown = await shop.run(['show', 'fct_countries']);
    expect(shown.code).toBe(1);
    expect(shown.stderr).toMatch(
      /^error NODE_NOT_BUILT .*\n {2}→ Build it first: matinee build --select '\+fct_countries'\.\n$/,
    );
  });

  it('a folder of files: build names it, and publishes nothing', async () => {
    const { code, stderr } = await shop.run(['build', '--source', 'nowhere']);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^error \w+ .*nowhere/);
  });

  it('any word on where the files are: build asks for it', async () => {
    shop.replace('matinee.config.ts', "  source: 'data',\n", '');
    const { code, stderr } = await shop.run(['build']);
    expect([code, stderr]).toEqual([
      2,
      'error SOURCE_MISSING  Sources are selected, but nothing says where their files are.\n  → Give --source with a folder, a .zip file or s3://bucket/prefix.\n',
    ]);
  });
});
