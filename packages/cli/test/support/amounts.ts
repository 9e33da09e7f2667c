import type { TestWorkspace } from './workspace.js';

/** Adds `int_amounts`, a model that is incremental by the changes of `raw_orders`, to a workspace. */
export function addAmounts(shop: TestWorkspace): void {
  shop.replace(
    'packages/models-base/src/sources/raw_orders.ts',
    '  shapes: ',
    "  key: ['order_id'],\n  shapes: ",
  );
  shop.write('packages/models-base/src/intermediate/int_amounts.ts', AMOUNTS);
  shop.replace(
    'packages/models-base/src/warehouse.ts',
    "export * from './variables.js';",
    "export * from './intermediate/int_amounts.js';\nexport * from './variables.js';",
  );
}

const AMOUNTS = `import { double, incremental, integer, mapped, model, sql, text } from '@matinee/core';
import { rawOrders } from '../sources/raw_orders.js';

export const intAmounts = model({
  name: 'int_amounts',
  description: 'One row per country with its amounts.',
  materialized: incremental({ inputs: [mapped(rawOrders, { country_code: 'country_code' })], maxShare: 0.5 }),
  columns: { country_code: text(), orders: integer(), amount: double() },
  key: ['country_code'],
  query: sql\`
    select country_code, count(*) as orders, sum(amount) as amount
    from \${rawOrders}
    group by country_code\`,
});
`;
