import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TestWorkspace } from '../support/workspace.js';

const STAR = 'packages/models-sales/src/exposures/shop_report.ts';
const declaration = `import { srcOrders } from '@shop/models-base';
import { count } from '@matinee/core';
import { card, powerBi, starTable } from '@matinee/powerbi';

const order = starTable(srcOrders, {
  name: 'Order',
  measures: { orders: count({ description: 'Orders.' }) },
});

export const shopReport = powerBi({
  name: 'shop_report',
  title: 'Shop',
  description: 'Orders of the shop.',
  owner: 'Sales',
  tables: [order],
  pages: [
    {
      name: 'orders',
      title: 'Orders',
      visuals: {
        orders: card({ title: 'Orders', value: order.measure('orders'), at: { column: 0, row: 0, columns: 2, rows: 2 } }),
      },
    },
  ],
});
`;

let shop: TestWorkspace;
beforeEach(() => {
  shop = new TestWorkspace();
  shop.write(STAR, declaration);
  shop.replace(
    'packages/models-sales/src/warehouse.ts',
    "export * from './intermediate/int_named.js';",
    "export * from './exposures/shop_report.js';\nexport * from './intermediate/int_named.js';",
  );
});
afterEach(() => shop.remove());

describe('matinee powerbi', () => {
  it('writes the project that a package declares, without a warehouse, and says how to get its data', async () => {
    const first = await shop.run(['powerbi']);
    expect(first).toMatchObject({ code: 0, stderr: '' });
    expect(first.stdout).toBe(
      '1 table, 1 page: 14 files written, 0 as they were\n  target/powerbi/Shop.pbip\n  its data: matinee export src_orders\n',
    );
    const again = await shop.run(['powerbi']);
    expect(again.stdout).toMatch(/^1 table, 1 page: 0 files written, 14 as they were\n/);
    const parameters = shop.read('target/powerbi/Shop.SemanticModel/definition/expressions.tmdl');
    expect(parameters).toContain(`ParquetFolder = "${join(shop.root, 'target/export')}" meta`);
  });

  it('takes source, name, folders and target from its options', async () => {
    const [event] = await shop.events([
      ...['powerbi', 'shop_report', '--source', 'snowflake'],
      ...['--target', 'prod', '--name', 'Other shop', '--out', 'bi'],
    ]);
    expect(event).toMatchObject({
      type: 'power_bi_written',
      file: join(shop.root, 'bi/Other shop.pbip'),
      source: 'snowflake',
      nodes: ['src_orders'],
      kept: [],
    });
    expect(shop.read('bi/Other shop.SemanticModel/definition/tables/Order.tmdl')).toContain(
      'Database{[Name = "LIVE_BASE", Kind = "Schema"]}[Data]',
    );
  });

  it('stops at what was changed by hand, unless it is forced', async () => {
    await shop.run(['powerbi']);
    const table = 'target/powerbi/Shop.SemanticModel/definition/tables/Order.tmdl';
    shop.replace(table, 'table Order', 'table Orders');
    const { code, stderr } = await shop.run(['powerbi']);
    expect(code).toBe(2);
    expect(stderr).toContain('Shop.SemanticModel/definition/tables/Order.tmdl');
    expect(shop.read(table)).toContain('table Orders');
    expect((await shop.run(['powerbi', '--force'])).stdout).toMatch(/: 1 file written, 13 as they were\n/);
  });

  it('tells of files that people added, and leaves them', async () => {
    await shop.run(['powerbi']);
    shop.write('target/powerbi/Shop.Report/definition/bookmarks/mine.json', '{}');
    const { stdout } = await shop.run(['powerbi']);
    expect(stdout).toContain('1 file of yours, left alone:\n  Shop.Report/definition/bookmarks/mine.json\n');
    expect(existsSync(join(shop.root, 'target/powerbi/Shop.Report/definition/bookmarks/mine.json'))).toBe(
      true,
    );
  });

  it('names the reports there are if it is asked for another, and tells how to declare one', async () => {
    const other = await shop.run(['powerbi', 'other']);
    expect([other.code, other.stderr]).toEqual([2, expect.stringContaining('Name one of: shop_report.')]);
    const none = new TestWorkspace();
    const { code, stderr } = await none.run(['powerbi']);
    none.remove();
    expect([code, stderr]).toEqual([2, expect.stringContaining('No package declares a Power BI project.')]);
  });

  it('is an exposure in the lineage, which no build builds', async () => {
    expect((await shop.run(['lineage', 'shop_report'])).stdout).toMatch(
      /^shop_report {2}exposure {2}packages\/models-sales\/src\/exposures\/shop_report\.ts\n\nreads\n└── base\.src_orders {2}view\n/,
    );
  });
});
