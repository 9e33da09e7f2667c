/** The files of a small workspace: two packages with a source, a seed, models, a snapshot, an analysis and tests. */
export const shop: Readonly<Record<string, string>> = {
  'pnpm-workspace.yaml': 'packages:\n  - packages/*\n',
  'package.json': '{ "name": "shop", "private": true, "type": "module" }\n',
  'matinee.config.ts': `import { defineConfig } from '@matinee/core';

const path: string = 'target/shop.duckdb';

export default defineConfig({
  targets: {
    dev: { type: 'duckdb', path, engineThreads: 1 },
    prod: { type: 'duckdb', path: 'target/prod.duckdb', schemaPrefix: 'live_' },
  },
  source: 'data',
});
`,
  'data/orders.csv': 'order_id,country_code,amount\n1,de,10.5\n2,fr,20\n3,de,4\n',

  'packages/models-base/package.json': packageJson('@shop/models-base', 'base'),
  'packages/models-base/src/index.ts':
    "export { countries } from './seeds/countries.js';\nexport { srcOrders } from './staging/src_orders.js';\n",
  'packages/models-base/src/warehouse.ts': `export * from './seeds/countries.js';
export * from './sources/raw_orders.js';
export * from './staging/src_orders.js';
export * from './variables.js';
`,
  'packages/models-base/src/variables.ts': `import { variable } from '@matinee/core';

export const minAmount = variable({ name: 'min_amount', type: 'double', default: 0 });
export const since = variable({ name: 'since', type: 'timestamp', default: null });
`,
  'packages/models-base/src/sources/raw_orders.ts': `import { double, integer, source, text } from '@matinee/core';

export const rawOrders = source({
  name: 'raw_orders',
  description: 'Orders as delivered.',
  schema: 'raw',
  columns: { order_id: integer(), country_code: text(), amount: double() },
  shapes: [{ name: 'plain', file: 'orders.csv', header: ['order_id', 'country_code', 'amount'] }],
});
`,
  'packages/models-base/src/seeds/countries.ts': `import { seed, text } from '@matinee/core';

export const countries = seed({
  name: 'countries',
  description: 'Countries with their names.',
  file: new URL('./countries.csv', import.meta.url),
  columns: { country_code: text(), country_name: text() },
  key: ['country_code'],
});
`,
  'packages/models-base/src/seeds/countries.csv':
    'country_code,country_name\nde,Germany\nfr,France\nit,Italy\n',
  'packages/models-base/src/staging/src_orders.ts': `import { double, integer, model, sql, text, view } from '@matinee/core';
import { countries } from '../seeds/countries.js';
import { rawOrders } from '../sources/raw_orders.js';
import { minAmount } from '../variables.js';

export const srcOrders = model({
  name: 'src_orders',
  description: 'One row per order.',
  materialized: view(),
  columns: {
    order_id: integer(),
    country_code: text().references(() => countries, 'country_code'),
    amount: double(),
  },
  key: ['order_id'],
  query: sql\`
    select order_id, country_code, amount
    from \${rawOrders}
    where amount >= \${minAmount}\`,
});
`,

  'packages/models-sales/package.json': packageJson('@shop/models-sales', 'sales', 'Sales team'),
  'packages/models-sales/src/index.ts': "export { fctCountries } from './marts/fct_countries.js';\n",
  'packages/models-sales/src/warehouse.ts': `export * from './analyses/top_countries.js';
export * from './intermediate/int_named.js';
export * from './marts/fct_countries.js';
export * from './snapshots/names_snapshot.js';
export * from './tests/every_amount_counts.js';
export * from './tests/named_countries.js';
`,
  'packages/models-sales/src/intermediate/int_named.ts': `import { ephemeral, model, sql, text } from '@matinee/core';
import { countries } from '@shop/models-base';

export const intNamed = model({
  name: 'int_named',
  description: 'One row per country.',
  materialized: ephemeral(),
  tags: ['names'],
  columns: { country_code: text(), country_name: text() },
  query: sql\`select country_code, country_name from \${countries}\`,
});
`,
  'packages/models-sales/src/marts/fct_countries.ts': `import { count, double, integer, model, range, ratio, sql, sum, table, text } from '@matinee/core';
import { srcOrders } from '@shop/models-base';
import { intNamed } from '../intermediate/int_named.js';

export const fctCountries = model({
  name: 'fct_countries',
  description: 'One row per country with its orders.',
  materialized: table(),
  columns: {
    country_name: text(),
    orders: integer().test(range({ min: 2 }, { severity: 'warn' })),
    amount: double().nullable(),
  },
  key: ['country_name'],
  measures: {
    countries: count({ description: 'Countries with orders.' }),
    turnover: sum('amount', { description: 'Money of all orders.' }),
    turnover_per_country: ratio('turnover', 'countries', { description: 'Money of a country.' }),
  },
  query: sql\`
    select country_name, count(*) as orders, sum(amount) as amount
    from \${srcOrders} as o
    join \${intNamed} as n using (country_code)
    group by country_name\`,
});
`,
  'packages/models-sales/src/snapshots/names_snapshot.ts': `import { snapshot, sql, text } from '@matinee/core';
import { countries } from '@shop/models-base';

export const namesSnapshot = snapshot({
  name: 'names_snapshot',
  description: 'How countries were called, and when.',
  schema: 'snapshots',
  columns: { country_code: text(), country_name: text() },
  key: ['country_code'],
  strategy: { type: 'check', columns: ['country_name'] },
  query: sql\`select country_code, country_name from \${countries}\`,
});
`,
  'packages/models-sales/src/analyses/top_countries.ts': `import { analysis, double, sql, text } from '@matinee/core';
import { fctCountries } from '../marts/fct_countries.js';

export const topCountries = analysis({
  name: 'top_countries',
  description: 'Countries by amount.',
  columns: { country_name: text(), amount: double().nullable() },
  query: sql\`select country_name, amount from \${fctCountries} order by amount desc, country_name\`,
});
`,
  'packages/models-sales/src/tests/every_amount_counts.ts': `import { dataTest, sql } from '@matinee/core';
import { srcOrders } from '@shop/models-base';
import { fctCountries } from '../marts/fct_countries.js';

export const everyAmountCounts = dataTest({
  name: 'every_amount_counts',
  description: 'The amounts of all countries are those of all orders.',
  query: sql\`
    select a.amount, b.amount as expected
    from (select sum(amount) as amount from \${fctCountries}) as a,
      (select sum(amount) as amount from \${srcOrders}) as b
    where a.amount <> b.amount\`,
});
`,
  'packages/models-sales/src/tests/named_countries.ts': `import { countries } from '@shop/models-base';
import { given, unitTest } from '@matinee/core';
import { intNamed } from '../intermediate/int_named.js';

export const namedCountries = unitTest({
  name: 'named_countries',
  description: 'Names are taken over.',
  model: intNamed,
  given: [given(countries, [{ country_code: 'de', country_name: 'Germany' }])],
  expected: [{ country_code: 'de', country_name: 'Germany' }],
});
`,
};

function packageJson(name: string, domain: string, owner?: string): string {
  return JSON.stringify({
    name,
    type: 'module',
    exports: {
      '.': { '@matinee/source': './src/index.ts', default: './dist/index.js' },
      './warehouse': { '@matinee/source': './src/warehouse.ts', default: './dist/warehouse.js' },
    },
    matinee: { domain, owner },
  });
}
