/**
 * All that a build of the fixture depends on: rows of the sources, the seed, which text each model has, and variables.
 * It lives in memory and is written to the workspace as a whole; changes alter it in place.
 */
import { between, pick } from '../seeded/random.mjs';

export const COUNTRIES = ['at', 'be', 'ch', 'de', 'dk', 'es', 'fi', 'fr', 'it', 'nl', 'pl', 'pt'];
export const LEVELS = ['none', 'silver', 'gold'];
export const REGIONS = ['north', 'south', 'west'];

/** How many texts each model has that can stand in its file. */
export const VARIANTS = {
  srcOrders: 2,
  intOrderValues: 2,
  intCustomerOrders: 3,
  fctDailySales: 2,
  fctCountries: 3,
  fctLoyalty: 3,
};

const MAX_CENTS = 20_000;

/** @param {number} rows orders at the start */
export function firstInputs(random, rows) {
  const inputs = {
    customers: [],
    orders: [],
    nextCustomer: 1,
    nextOrder: 1,
    regions: Object.fromEntries(COUNTRIES.map((code) => [code, pick(random, REGIONS)])),
    variants: Object.fromEntries(Object.keys(VARIANTS).map((name) => [name, 0])),
    minAmount: 0,
    orderParts: 0,
  };
  addCustomers(inputs, random, Math.max(10, Math.ceil(rows / 15)));
  addOrders(inputs, random, rows);
  return inputs;
}

export function addCustomers(inputs, random, count) {
  for (let index = 0; index < count; index++) {
    inputs.customers.push({
      id: inputs.nextCustomer++,
      country: pick(random, COUNTRIES),
      level: pick(random, LEVELS),
    });
  }
}

export function addOrders(inputs, random, count) {
  for (let index = 0; index < count; index++) {
    inputs.orders.push({
      id: inputs.nextOrder++,
      customer: pick(random, inputs.customers).id,
      country: pick(random, COUNTRIES),
      day: between(random, 0, 364),
      cents: between(random, 0, MAX_CENTS),
    });
  }
}

export function changeOrders(inputs, random, count) {
  for (let index = 0; index < count; index++) {
    const order = pick(random, inputs.orders);
    order.cents = between(random, 0, MAX_CENTS);
    if (random() < 0.3) order.country = pick(random, COUNTRIES);
    if (random() < 0.3) order.day = between(random, 0, 364);
  }
}

export function deleteOrders(inputs, random, share) {
  inputs.orders = inputs.orders.filter(() => random() >= share);
}

export function changeCustomers(inputs, random, count) {
  for (let index = 0; index < count; index++) {
    const customer = pick(random, inputs.customers);
    customer.level = pick(random, LEVELS);
    if (random() < 0.2) customer.country = pick(random, COUNTRIES);
  }
}

/** Customers go with their orders, for every order refers to one. */
export function deleteCustomers(inputs, random, count) {
  const gone = new Set(Array.from({ length: count }, () => pick(random, inputs.customers).id));
  inputs.customers = inputs.customers.filter(({ id }) => !gone.has(id));
  inputs.orders = inputs.orders.filter(({ customer }) => !gone.has(customer));
}

/** The files that orders come in: one, or so many parts. */
export function ordersFiles({ orders, orderParts }) {
  if (orderParts === 0) return { 'orders.csv': ordersCsv(orders) };
  const parts = Array.from({ length: orderParts }, (_, part) => [
    `orders/part-${part}.csv`,
    ordersCsv(orders.filter(({ id }) => id % orderParts === part)),
  ]);
  return Object.fromEntries(parts);
}

function ordersCsv(orders) {
  const lines = orders.map(({ id, customer, country, day, cents }) =>
    [id, customer, country, DAYS[day], cents].join(','),
  );
  return `${['order_id,customer_id,country_code,ordered_on,amount_cents', ...lines].join('\n')}\n`;
}

export function customersCsv({ customers }) {
  const lines = customers.map(({ id, country, level }) => [id, `Customer ${id}`, country, level].join(','));
  return `customer_id,customer_name,country_code,level\n${lines.join('\n')}\n`;
}

export function countriesCsv({ regions }) {
  const lines = Object.entries(regions).map(([code, region]) => `${code},${region}`);
  return `country_code,region\n${lines.join('\n')}\n`;
}

const DAYS = Array.from({ length: 365 }, (_, day) =>
  new Date(Date.UTC(2023, 0, 1 + day)).toISOString().slice(0, 10),
);
