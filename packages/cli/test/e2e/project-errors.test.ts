import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestWorkspace } from '../support/workspace.js';

const FCT = 'packages/models-sales/src/marts/fct_countries.ts';
const ORDERS = 'packages/models-base/src/staging/src_orders.ts';

let shop: TestWorkspace;
beforeAll(() => {
  shop = new TestWorkspace();
});
afterAll(() => shop.remove());

/** Runs a command with one file changed, and puts the file back. */
async function withChange(file: string, from: string, to: string, args: readonly string[]) {
  const before = shop.read(file);
  shop.replace(file, from, to);
  try {
    return await shop.run(args);
  } finally {
    shop.write(file, before);
  }
}

describe('a project that is wrong', () => {
  it('with an unknown column: check names file and line', async () => {
    const { code, stderr } = await withChange(FCT, 'sum(amount)', 'sum(amonut)', ['check']);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^error QUERY_FAILED {2}fct_countries: Referenced column "amonut" not found/);
    expect(stderr).toContain(`\n  ${FCT}:21\n  → matinee compile fct_countries prints the SQL as it runs.\n`);
  });

  it('with a syntax error: its file and line are named', async () => {
    const { code, stderr } = await withChange(FCT, 'materialized: table()', 'materialized: table(,', [
      'check',
    ]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^error TYPESCRIPT {2}Argument expression expected\./);
    expect(stderr).toMatch(new RegExp(`\\n  ${FCT}:\\d+\\n`));
  });

  it('with a model that reads itself: it is a circle', async () => {
    const { code, stderr } = await withChange(
      FCT,
      'sum(amount)',
      'sum(amount) + $'.concat('{fctCountries}'),
      ['ls'],
    );
    expect(code).toBe(2);
    expect(stderr).toMatch(/^error CYCLE {2}Nodes read each other in a circle: /);
    expect(stderr).toContain(`${FCT} → ${FCT}`);
  });

  it('with a contract that its query breaks: check names the columns', async () => {
    const { code, stderr } = await withChange(FCT, 'count(*) as orders,', '', ['check']);
    expect(code).toBe(1);
    expect(stderr).toMatch(/error CONTRACT {2}fct_countries: its query breaks its contract: .*orders/);
    expect(stderr).toContain(`\n  ${FCT}:`);
  });

  it('with several errors: all are told at once', async () => {
    const before = shop.read(ORDERS);
    shop.replace(ORDERS, 'amount >=', 'amuont >=');
    const { code, stderr } = await withChange(FCT, 'sum(amount)', 'sum(amonut)', ['check']);
    shop.write(ORDERS, before);
    expect(code).toBe(1);
    expect(stderr.match(/^error \w+/gm)).toEqual(['error QUERY_FAILED', 'error QUERY_FAILED']);
    expect(stderr).toContain(`${ORDERS}:19`);
    expect(stderr).toMatch(/2 errors were found\.\n$/);
  });

  it('with models that read each other: the circle is printed with its files', async () => {
    const before = shop.read('packages/models-sales/src/intermediate/int_named.ts');
    shop.replace(
      'packages/models-sales/src/intermediate/int_named.ts',
      "import { countries } from '@shop/models-base';",
      "import { countries } from '@shop/models-base';\nimport { fctCountries } from '../marts/fct_countries.js';",
    );
    const { code, stderr } = await withChange(
      'packages/models-sales/src/intermediate/int_named.ts',
      '{countries}`',
      '{countries} semi join $'.concat('{fctCountries} using (country_name)`'),
      ['ls'],
    );
    shop.write('packages/models-sales/src/intermediate/int_named.ts', before);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^error CYCLE {2}Nodes read each other in a circle: /);
    expect(stderr).toContain('packages/models-sales/src/marts/fct_countries.ts → ');
    expect(stderr).toContain('packages/models-sales/src/intermediate/int_named.ts');
  });

  it('with a circle through a test: the path is printed with its files', async () => {
    const seed = 'packages/models-base/src/seeds/countries.ts';
    const before = shop.read(seed);
    shop.replace(
      seed,
      "import { seed, text } from '@matinee/core';",
      "import { seed, text } from '@matinee/core';\nimport { srcOrders } from '../staging/src_orders.js';",
    );
    const { code, stderr } = await withChange(
      seed,
      'country_code: text(),',
      "country_code: text().references(() => srcOrders, 'country_code'),",
      ['build'],
    );
    shop.write(seed, before);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^error CYCLE {2}Nodes read each other in a circle: /);
    expect(stderr).toContain(`countries (${seed}) → src_orders (${ORDERS})`);
  });

  it('with an import that is not there: told with file', async () => {
    const { code, stderr } = await withChange(FCT, '{ srcOrders }', '{ srcOrder }', ['ls']);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^error PACKAGE_LOAD {2}@shop\/models-sales cannot be loaded: .*srcOrder/);
    expect(stderr).toContain(`\n  ${FCT}:2\n`);
  });

  it('with a node that nothing exports: told with file', async () => {
    const { code, stderr } = await withChange(
      'packages/models-sales/src/warehouse.ts',
      "export * from './analyses/top_countries.js';\n",
      '',
      ['ls'],
    );
    expect(code).toBe(2);
    expect(stderr).toMatch(
      /^error NODE_NOT_EXPORTED .*\n {2}packages\/models-sales\/src\/analyses\/top_countries\.ts\n/,
    );
  });

  it('with TypeScript that cannot be erased: told with file and line', async () => {
    const { code, stderr } = await withChange(FCT, 'export const', 'enum E { A }\nexport const', ['ls']);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^error TYPESCRIPT {2}TypeScript syntax that cannot be erased/);
    expect(stderr).toContain(`\n  ${FCT}:5\n`);
  });

  it.each([
    [
      "source: 'data'",
      "sources: 'data'",
      /^error CONFIG_KEY {2}The configuration has an unknown key 'sources'\./,
    ],
    ['export default', 'export default (', /^error CONFIG_FILE /],
  ])('with a configuration that is wrong: %s as %s', async (from, to, message) => {
    const { code, stderr } = await withChange('matinee.config.ts', from, to, ['ls']);
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
    expect(stderr).toContain('\n  matinee.config.ts\n');
  });
});
