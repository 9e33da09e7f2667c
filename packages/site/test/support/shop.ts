import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  analysis,
  build,
  buildDag,
  type Dag,
  dashboard,
  date,
  double,
  ephemeral,
  gatherProject,
  integer,
  model,
  Namer,
  openDuckDb,
  sql,
  sum,
  table,
  text,
  view,
  type Warehouse,
} from '@matinee/core';
import type { SiteOptions } from '../../src/index.js';

const KINDS = ['Book', 'Film', 'Game'] as const;

export const sales = model({
  name: 'sales',
  description: 'One row per sale.',
  materialized: table(),
  columns: {
    sale_id: integer().describe('Counts from 1.'),
    sold_on: date().describe('The day of the sale.'),
    kind: text().acceptedValues(KINDS).describe('What was sold.'),
    price: double().describe('In euros.'),
    note: text().nullable(),
  },
  key: ['sale_id'],
  measures: { turnover: sum('price', { description: 'What was paid.' }) },
  query: sql`
    select i as sale_id, date '2024-01-01' + cast(i % 366 as integer) as sold_on,
      case i % 3 when 0 then 'Book' when 1 then 'Film' else 'Game' end as kind,
      cast(i % 50 as double) / 2 as price, case when i % 10 = 0 then 'gift, "wrapped"' end as note
    from range(1, 1001) as numbers(i)`,
});

export const dearSales = model({
  name: 'dear_sales',
  owner: 'Gift team',
  description: 'Sales above 20 euros.',
  materialized: ephemeral(),
  columns: { sale_id: integer(), price: double() },
  query: sql`select sale_id, price from ${sales} where price > 20`,
});

export const cubeSales = model({
  name: 'cube_sales',
  description: 'Sales by day and kind.',
  materialized: table(),
  columns: {
    sold_on: date(),
    kind: text().nullable().describe('What was sold.'),
    sales: integer().describe('How many.'),
    turnover: double().describe('In euros.'),
  },
  query: sql`select sold_on, kind, count(*) as sales, sum(price) as turnover from ${sales} group by all`,
});

export const priceList = model({
  name: 'price_list',
  description: 'Prices that occur.',
  materialized: view(),
  columns: { price: double(), dear: integer() },
  query: sql`
    select price, (select count(*) from ${dearSales}) as dear from ${sales} group by price`,
});

export const bestDays = analysis({
  name: 'best_days',
  description: 'The days with the highest turnover.',
  columns: { sold_on: date(), turnover: double() },
  query: sql`select sold_on, sum(turnover) as turnover from ${cubeSales} group by 1 order by 2 desc limit 3`,
});

export const shopDashboard = dashboard({
  name: 'shop',
  title: 'Shop',
  description: 'What the shop sells.',
  owner: 'Shop team',
  reads: [cubeSales],
});

/** A small project, built on DuckDB in memory. */
export interface BuiltShop {
  readonly dag: Dag;
  readonly warehouse: Warehouse;
  /** Options that build its site into a folder of their own. */
  options(change?: Partial<SiteOptions>): SiteOptions;
}

/** @param more nodes beside those of the shop */
export async function builtShop(more: Readonly<Record<string, unknown>> = {}): Promise<BuiltShop> {
  const root = fileURLToPath(new URL('../../../../', import.meta.url));
  const exports = { sales, dearSales, cubeSales, priceList, bestDays, shopDashboard, ...more };
  const project = gatherProject(root, [
    {
      package: '@shop/models-shop',
      domain: 'shop',
      owner: 'Shop team',
      folder: join(root, 'packages/site/test'),
      exports,
    },
  ]);
  const dag = buildDag(project);
  const warehouse = await openDuckDb({ path: ':memory:' });
  const result = await build({ dag, warehouse, command: 'build' });
  if (result.status !== 'ok') throw new Error(`The shop cannot be built: ${JSON.stringify(result)}`);
  return {
    dag,
    warehouse,
    options: (change) => {
      const folder = mkdtempSync(join(tmpdir(), 'matinee-site-'));
      return {
        dag,
        selected: new Set(project.nodes.keys()),
        warehouse,
        names: new Namer('duckdb'),
        variables: {},
        target: 'dev',
        title: 'The shop',
        pages: [
          { package: '@shop/models-shop', file: join(root, 'packages/site/test/browser/pages/index.tsx') },
        ],
        out: join(folder, 'site'),
        singleFile: false,
        cache: join(folder, 'cache'),
        now: new Date('2026-01-02T03:04:05Z'),
        ...change,
      };
    },
  };
}
