/** The TypeScript of the fixture: three packages, seven publish groups. What a file holds depends on the drawn variants. */
import { countriesCsv, LEVELS, REGIONS } from './inputs.mjs';

/** The scope of the fixture's packages, and their folders. */
export const SCOPE = '@stall';
export const DOMAINS = ['base', 'sales', 'care'];

/** The files that stand for good. */
export function fixedFiles() {
  return {
    'pnpm-workspace.yaml': 'packages:\n  - packages/*\n',
    'package.json': '{ "name": "stall", "private": true, "type": "module" }\n',
    'matinee.config.ts': `import { defineConfig } from '@matinee/core';

export default defineConfig({
  targets: {
    dev: { type: 'duckdb', path: 'target/stall.duckdb', temporaryFolder: 'tmp/spill' },
    snowflake: { type: 'snowflake' },
  },
  source: 'data',
});
`,
    ...Object.fromEntries(DOMAINS.map((domain) => [`packages/${domain}/package.json`, packageJson(domain)])),
    'packages/base/src/index.ts': exported({ seeds: ['countries'], models: ['src_customers', 'src_orders'] }),
    'packages/base/src/warehouse.ts': `${exported({
      seeds: ['countries'],
      sources: ['raw_customers', 'raw_orders'],
      models: ['src_customers', 'src_orders'],
    })}export * from './variables.js';\n`,
    'packages/base/src/variables.ts': `import { variable } from '@matinee/core';

export const minAmount = variable({ name: 'min_amount', type: 'int', default: 0 });
`,
    'packages/base/src/sources/raw_orders.ts': `import { date, integer, source, text } from '@matinee/core';

export const rawOrders = source({
  name: 'raw_orders',
  description: 'Orders as delivered.',
  schema: 'raw',
  columns: {
    order_id: integer(),
    customer_id: integer(),
    country_code: text(),
    ordered_on: date(),
    amount_cents: integer(),
  },
  key: ['order_id'],
  shapes: [
    {
      name: 'plain',
      file: 'orders.csv',
      header: ['order_id', 'customer_id', 'country_code', 'ordered_on', 'amount_cents'],
    },
  ],
});
`,
    'packages/base/src/sources/raw_customers.ts': `import { integer, source, text } from '@matinee/core';

export const rawCustomers = source({
  name: 'raw_customers',
  description: 'Customers as delivered.',
  schema: 'raw',
  columns: { customer_id: integer(), customer_name: text(), country_code: text(), level: text() },
  key: ['customer_id'],
  shapes: [
    {
      name: 'plain',
      file: 'customers.csv',
      header: ['customer_id', 'customer_name', 'country_code', 'level'],
    },
  ],
});
`,
    'packages/base/src/seeds/countries.ts': `import { seed, text } from '@matinee/core';

export const countries = seed({
  name: 'countries',
  description: 'Countries and their regions.',
  file: new URL('./countries.csv', import.meta.url),
  columns: { country_code: text(), region: text().acceptedValues(${list(REGIONS)}) },
  key: ['country_code'],
});
`,
    'packages/base/src/models/src_customers.ts': `import { model, integer, sql, table, text } from '@matinee/core';
import { countries } from '../seeds/countries.js';
import { rawCustomers } from '../sources/raw_customers.js';

export const srcCustomers = model({
  name: 'src_customers',
  description: 'One row per customer.',
  materialized: table(),
  columns: {
    customer_id: integer(),
    customer_name: text(),
    country_code: text().references(() => countries, 'country_code'),
    level: text().acceptedValues(${list(LEVELS)}),
  },
  key: ['customer_id'],
  query: sql\`select customer_id, customer_name, country_code, level from \${rawCustomers}\`,
});
`,
    'packages/sales/src/index.ts': exported({ models: ['int_customer_orders'] }),
    'packages/sales/src/warehouse.ts': exported({
      models: [
        'int_order_values',
        'int_customer_orders',
        'fct_daily_sales',
        'fct_countries',
        'top_countries',
      ],
      tests: ['countries_equal_days'],
    }),
    'packages/sales/src/models/top_countries.ts': `import { integer, model, sql, text, view } from '@matinee/core';
import { fctCountries } from './fct_countries.js';

export const topCountries = model({
  name: 'top_countries',
  description: 'The five countries with the highest amounts.',
  materialized: view(),
  columns: { country_code: text(), amount_cents: integer() },
  key: ['country_code'],
  query: sql\`
    select country_code, amount_cents
    from \${fctCountries}
    order by amount_cents desc, country_code
    limit 5\`,
});
`,
    'packages/sales/src/tests/countries_equal_days.ts': `import { dataTest, sql } from '@matinee/core';
import { fctCountries } from '../models/fct_countries.js';
import { fctDailySales } from '../models/fct_daily_sales.js';

export const countriesEqualDays = dataTest({
  name: 'countries_equal_days',
  description: 'The orders of all countries are those of all days.',
  query: sql\`
    select c.orders, d.orders as expected
    from (select sum(orders) as orders from \${fctCountries}) as c,
      (select sum(orders) as orders from \${fctDailySales}) as d
    where c.orders <> d.orders\`,
});
`,
    'packages/care/src/index.ts': exported({ models: ['fct_loyalty'] }),
    'packages/care/src/warehouse.ts': exported({
      models: ['fct_loyalty'],
      snapshots: ['customer_levels_snapshot'],
    }),
    'packages/care/src/snapshots/customer_levels_snapshot.ts': `import { integer, snapshot, sql, text } from '@matinee/core';
import { srcCustomers } from '@stall/base';

export const customerLevelsSnapshot = snapshot({
  name: 'customer_levels_snapshot',
  description: 'Which level each customer had, and when.',
  schema: 'snapshots',
  columns: { customer_id: integer(), country_code: text(), level: text() },
  key: ['customer_id'],
  strategy: { type: 'check', columns: ['country_code', 'level'] },
  query: sql\`select customer_id, country_code, level from \${srcCustomers} where level <> 'none'\`,
});
`,
  };
}

/** The files that the inputs decide. */
export function variantFiles(inputs) {
  const { variants } = inputs;
  return {
    'packages/base/src/seeds/countries.csv': countriesCsv(inputs),
    'packages/base/src/models/src_orders.ts': srcOrders(variants.srcOrders),
    'packages/sales/src/models/int_order_values.ts': intOrderValues(variants.intOrderValues),
    'packages/sales/src/models/int_customer_orders.ts': intCustomerOrders(variants.intCustomerOrders),
    'packages/sales/src/models/fct_daily_sales.ts': fctDailySales(variants.fctDailySales),
    'packages/sales/src/models/fct_countries.ts': fctCountries(variants.fctCountries),
    'packages/care/src/models/fct_loyalty.ts': fctLoyalty(variants.fctLoyalty),
  };
}

function srcOrders(variant) {
  return `import { date, integer, model, range, sql, text, view } from '@matinee/core';
import { countries } from '../seeds/countries.js';
import { rawOrders } from '../sources/raw_orders.js';
import { minAmount } from '../variables.js';
import { srcCustomers } from './src_customers.js';

export const srcOrders = model({
  name: 'src_orders',
  description: 'One row per order that counts.',
  materialized: view(),
  columns: {
    order_id: integer(),
    customer_id: integer().references(() => srcCustomers, 'customer_id'),
    country_code: text().references(() => countries, 'country_code'),
    ordered_on: date(),
    amount_cents: integer().test(range({ min: 0, max: 20000 })),
  },
  key: ['order_id'],
  query: sql\`
    select order_id, customer_id, country_code, ordered_on, amount_cents
    from \${rawOrders}
    where amount_cents >= \${minAmount}${['', ' and order_id % 7 <> 0'][variant]}\`,
});
`;
}

function intOrderValues(variant) {
  return `import { countries, srcOrders } from '@stall/base';
import { date, ephemeral, integer, model, sql, text } from '@matinee/core';

export const intOrderValues = model({
  name: 'int_order_values',
  description: 'Orders with the region and what they are worth.',
  materialized: ephemeral(),
  columns: {
    order_id: integer(),
    customer_id: integer(),
    country_code: text(),
    region: text(),
    ordered_on: date(),
    value_cents: integer(),
  },
  query: sql\`
    select order_id, customer_id, country_code, region, ordered_on,
      ${['amount_cents', "case when region = 'north' then 2 * amount_cents else amount_cents end"][variant]} as value_cents
    from \${srcOrders}
    join \${countries} using (country_code)\`,
});
`;
}

/** Its last variant is a view, so that a change turns a table into a view or back. */
function intCustomerOrders(variant) {
  const last = ['max(ordered_on)', 'min(ordered_on)', 'max(ordered_on)'][variant];
  const kind = ['table', 'table', 'view'][variant];
  return `import { srcCustomers } from '@stall/base';
import { date, integer, model, range, sql, ${kind} } from '@matinee/core';
import { intOrderValues } from './int_order_values.js';

export const intCustomerOrders = model({
  name: 'int_customer_orders',
  description: 'One row per customer with orders.',
  materialized: ${kind}(),
  columns: {
    customer_id: integer().references(() => srcCustomers, 'customer_id'),
    orders: integer().test(range({ min: 1 })),
    value_cents: integer().test(range({ min: 0 })),
    last_day: date(),
  },
  key: ['customer_id'],
  query: sql\`
    select customer_id, count(*) as orders, cast(sum(value_cents) as bigint) as value_cents, ${last} as last_day
    from \${intOrderValues}
    group by customer_id\`,
});
`;
}

function fctDailySales(variant) {
  const customers = ['count(distinct customer_id)', 'count(distinct customer_id % 1000)'][variant];
  return `import { countries } from '@stall/base';
import { date, incremental, integer, model, range, sql, text } from '@matinee/core';
import { intOrderValues } from './int_order_values.js';

export const fctDailySales = model({
  name: 'fct_daily_sales',
  description: 'One row per day and country with orders.',
  materialized: incremental(),
  columns: {
    ordered_on: date(),
    country_code: text().references(() => countries, 'country_code'),
    orders: integer().test(range({ min: 1 })),
    customers: integer().test(range({ min: 1 })),
    amount_cents: integer().test(range({ min: 0 })),
  },
  key: ['ordered_on', 'country_code'],
  query: sql\`
    select ordered_on, country_code, count(*) as orders, ${customers} as customers,
      cast(sum(value_cents) as bigint) as amount_cents
    from \${intOrderValues}
    group by ordered_on, country_code\`,
});
`;
}

/** Its last variant has a column more. */
function fctCountries(variant) {
  const amount = ['sum(value_cents)', 'sum(value_cents) + count(*)', 'sum(value_cents)'][variant];
  const more = variant === 2;
  return `import { countries } from '@stall/base';
import { integer, model, range, sql, table, text } from '@matinee/core';
import { intOrderValues } from './int_order_values.js';

export const fctCountries = model({
  name: 'fct_countries',
  description: 'One row per country with orders.',
  materialized: table(),
  columns: {
    country_code: text().references(() => countries, 'country_code'),
    orders: integer().test(range({ min: 1 })),
    amount_cents: integer().test(range({ min: 0 })),${more ? '\n    region: text(),' : ''}
  },
  key: ['country_code'],
  query: sql\`
    select country_code, count(*) as orders, cast(${amount} as bigint) as amount_cents${more ? ', min(region) as region' : ''}
    from \${intOrderValues}
    group by country_code\`,
});
`;
}

function fctLoyalty(variant) {
  const points = ['orders', '2 * orders', "orders + case level when 'gold' then 10 else 0 end"][variant];
  return `import { srcCustomers } from '@stall/base';
import { integer, model, range, sql, table, text } from '@matinee/core';
import { intCustomerOrders } from '@stall/sales';

export const fctLoyalty = model({
  name: 'fct_loyalty',
  description: 'One row per customer with orders, and the points they have earned.',
  materialized: table(),
  columns: {
    customer_id: integer().references(() => srcCustomers, 'customer_id'),
    level: text().acceptedValues(${list(LEVELS)}),
    points: integer().test(range({ min: 1 })),
    place: integer().test(range({ min: 1 })),
  },
  key: ['customer_id'],
  query: sql\`
    select customer_id, level, ${points} as points,
      row_number() over (partition by level order by value_cents desc, customer_id) as place
    from \${intCustomerOrders}
    join \${srcCustomers} using (customer_id)\`,
});
`;
}

function packageJson(domain) {
  return `${JSON.stringify({
    name: `${SCOPE}/${domain}`,
    type: 'module',
    exports: { '.': './dist/index.js', './warehouse': './dist/warehouse.js' },
    matinee: { domain },
  })}\n`;
}

/** Exports of node files, by folder. */
function exported(folders) {
  return Object.entries(folders)
    .flatMap(([folder, names]) => names.map((name) => `export * from './${folder}/${name}.js';\n`))
    .join('');
}

function list(texts) {
  return `[${texts.map((text) => `'${text}'`).join(', ')}]`;
}
