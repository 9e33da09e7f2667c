/**
 * What must hold of the fixture's rows, in SQL of our own: nothing of the engine's tests is used. Each law names the
 * relations it reads; `query` counts the rows that break it.
 */

const KEYS = {
  'raw.raw_orders': ['order_id'],
  'raw.raw_customers': ['customer_id'],
  'base.countries': ['country_code'],
  'base.src_customers': ['customer_id'],
  'base.src_orders': ['order_id'],
  'sales.int_customer_orders': ['customer_id'],
  'sales.fct_daily_sales': ['ordered_on', 'country_code'],
  'sales.fct_countries': ['country_code'],
  'sales.top_countries': ['country_code'],
  'care.fct_loyalty': ['customer_id'],
};

const CONDITIONS = {
  'base.countries': "region in ('north', 'south', 'west')",
  'base.src_customers': "level in ('none', 'silver', 'gold')",
  'base.src_orders': 'amount_cents between 0 and 20000',
  'sales.int_customer_orders': 'orders >= 1 and value_cents >= 0 and last_day is not null',
  'sales.fct_daily_sales': 'orders >= 1 and customers >= 1 and amount_cents >= 0',
  'sales.fct_countries': 'orders >= 1 and amount_cents >= 0',
  'care.fct_loyalty': "level in ('none', 'silver', 'gold') and points >= 1 and place >= 1",
};

const REFERENCES = [
  ['base.src_customers', 'country_code', 'base.countries'],
  ['base.src_orders', 'customer_id', 'base.src_customers'],
  ['base.src_orders', 'country_code', 'base.countries'],
  ['sales.int_customer_orders', 'customer_id', 'base.src_customers'],
  ['sales.fct_daily_sales', 'country_code', 'base.countries'],
  ['sales.fct_countries', 'country_code', 'base.countries'],
  ['care.fct_loyalty', 'customer_id', 'base.src_customers'],
];

export const HISTORY = 'snapshots.customer_levels_snapshot';
const HISTORY_KEY = 'customer_id';

/** Relations that are published in one transaction on DuckDB: readers see all of them old or all of them new. */
export const PUBLISHED_TOGETHER = [
  ['raw.raw_orders', 'raw.raw_customers', 'base.src_customers', 'base.src_orders'],
  ['sales.fct_daily_sales', 'sales.fct_countries', 'sales.top_countries'],
];

const COUNTRIES_EQUAL_DAYS = {
  name: 'fct_countries and fct_daily_sales have the same orders',
  reads: ['sales.fct_countries', 'sales.fct_daily_sales'],
  query: `select count(*) from (select sum(orders) as n from sales.fct_countries) as c,
    (select sum(orders) as n from sales.fct_daily_sales) as d where c.n is distinct from d.n`,
};

/** Hold at any moment: they read one relation, or such as are published together. */
export const LAWS_AT_ANY_MOMENT = [
  ...Object.entries(KEYS).flatMap(([relation, columns]) => [
    {
      name: `${relation}: ${columns.join(', ')} is unique`,
      reads: [relation],
      query: `select count(*) from (select 1 from ${relation} group by ${columns.join(', ')} having count(*) > 1)`,
    },
    {
      name: `${relation}: ${columns.join(', ')} is not null`,
      reads: [relation],
      query: `select count(*) from ${relation} where ${columns.map((column) => `${column} is null`).join(' or ')}`,
    },
  ]),
  ...Object.entries(CONDITIONS).map(([relation, condition]) => ({
    name: `${relation}: ${condition}`,
    reads: [relation],
    query: `select count(*) from ${relation} where (${condition}) is not true`,
  })),
  COUNTRIES_EQUAL_DAYS,
  {
    name: 'history: scd_id is unique',
    reads: [HISTORY],
    query: `select count(*) from (select 1 from ${HISTORY} group by scd_id having count(*) > 1)`,
  },
  {
    name: 'history: at most one open row per key',
    reads: [HISTORY],
    query: `select count(*) from (select 1 from ${HISTORY} where valid_to is null group by ${HISTORY_KEY} having count(*) > 1)`,
  },
  {
    name: 'history: intervals of a key neither overlap nor run backwards',
    reads: [HISTORY],
    query: `select count(*) from (
      select valid_from, valid_to, lead(valid_from) over (partition by ${HISTORY_KEY} order by valid_from, valid_to nulls last) as next
      from ${HISTORY}
    ) where valid_to < valid_from or coalesce(valid_to, 'infinity') > next`,
  },
];

/** Hold at any moment where a group's relations are published one after the other: they read one relation. */
export const LAWS_OF_ONE = LAWS_AT_ANY_MOMENT.filter(({ reads }) => reads.length === 1);

/** Hold once a build has come to its end. */
export const LAWS_AT_REST = [
  ...LAWS_AT_ANY_MOMENT,
  ...REFERENCES.map(([relation, column, to]) => ({
    name: `${relation}: ${column} stands in ${to}`,
    reads: [relation, to],
    query: `select count(*) from ${relation} anti join ${to} using (${column})`,
  })),
  {
    name: 'history: open rows are the current rows of its query',
    reads: [HISTORY, 'base.src_customers'],
    query: `with open as (
        select customer_id, country_code, level from ${HISTORY} where valid_to is null
      ), current as (
        select customer_id, country_code, level from base.src_customers where level <> 'none'
      )
      select (select count(*) from (from open except all from current))
        + (select count(*) from (from current except all from open))`,
  },
];
