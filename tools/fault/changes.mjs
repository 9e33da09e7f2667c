/** What happens between two builds. */

import { between, pick, pickWeighted } from '../seeded/random.mjs';
import {
  addCustomers,
  addOrders,
  COUNTRIES,
  changeCustomers,
  changeOrders,
  deleteCustomers,
  deleteOrders,
  REGIONS,
  VARIANTS,
} from './inputs.mjs';

const MIN_AMOUNTS = [0, 500, 1000, 2500];

/** How a change alters the inputs, and how often it is drawn. `arguments`: more for the command line of its build. */
const CHANGES = {
  'rows added': {
    weight: 3,
    apply(inputs, random) {
      addCustomers(inputs, random, between(random, 1, 10));
      addOrders(inputs, random, between(random, 50, Math.ceil(inputs.orders.length / 20)));
    },
  },
  'rows changed': {
    weight: 3,
    apply: (inputs, random) => changeOrders(inputs, random, between(random, 1, 500)),
  },
  'rows deleted': {
    weight: 2,
    apply: (inputs, random) => deleteOrders(inputs, random, 0.05 * random()),
  },
  'customers changed': {
    weight: 3,
    apply(inputs, random) {
      changeCustomers(inputs, random, between(random, 1, 60));
      deleteCustomers(inputs, random, between(random, 0, 5));
    },
  },
  'seed changed': {
    weight: 1,
    apply(inputs, random) {
      const code = pick(random, COUNTRIES);
      inputs.regions[code] = another(random, REGIONS, inputs.regions[code]);
    },
  },
  'variable changed': {
    weight: 2,
    apply(inputs, random) {
      inputs.minAmount = another(random, MIN_AMOUNTS, inputs.minAmount);
    },
  },
  'model changed': {
    weight: 4,
    apply(inputs, random) {
      const model = pick(random, Object.keys(VARIANTS));
      const variants = Array.from({ length: VARIANTS[model] }, (_, variant) => variant);
      inputs.variants[model] = another(random, variants, inputs.variants[model]);
    },
  },
  'other parts': {
    weight: 3,
    apply(inputs, random) {
      inputs.orderParts = another(random, [0, 2, 3, 5], inputs.orderParts);
    },
  },
  'full refresh': { weight: 1, apply: () => undefined, arguments: ['--full-refresh'] },
  'new file': { weight: 1, apply: () => undefined, deletesWarehouse: true },
  nothing: { weight: 1, apply: () => undefined },
};

/** The name under which a build counts that only has to finish what a killed one has begun. */
export const RECOVERY = 'recovery';

/**
 * Draws changes and applies them: one, at times two at once.
 *
 * @param {boolean} settled whether the build before this one came to its end; if not, there is often no change at all
 * @returns {{ name: string, arguments: string[], deletesWarehouse: boolean }}
 */
export function drawChange(inputs, random, settled) {
  if (!settled && random() < 0.6) return described(RECOVERY, []);
  const weights = Object.fromEntries(Object.entries(CHANGES).map(([name, { weight }]) => [name, weight]));
  const names = [pickWeighted(random, weights)];
  if (random() < 0.25) names.push(pickWeighted(random, weights));
  const changes = names.map((name) => CHANGES[name]);
  for (const change of changes) change.apply(inputs, random);
  return described(names.find((name) => name !== 'nothing') ?? 'nothing', changes);
}

function described(name, changes) {
  return {
    name,
    arguments: [...new Set(changes.flatMap((change) => change.arguments ?? []))],
    deletesWarehouse: changes.some((change) => change.deletesWarehouse),
  };
}

function another(random, values, current) {
  return pick(
    random,
    values.filter((value) => value !== current),
  );
}
