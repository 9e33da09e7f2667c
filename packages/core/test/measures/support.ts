import {
  average,
  count,
  countDistinct,
  double,
  integer,
  model,
  ratio,
  sql,
  sum,
  table,
  text,
  weightedAverage,
} from '../../src/index.js';

/** A model with a measure of every kind. */
export const sales = model({
  name: 'sales',
  description: '',
  materialized: table(),
  columns: {
    customer_id: integer(),
    shop: text().nullable(),
    price: double().nullable(),
    pieces: integer().nullable(),
  },
  measures: {
    sales: count({ description: 'Sales.' }),
    customers: countDistinct('customer_id', { description: 'Customers.' }),
    shops: countDistinct('shop', { description: 'Shops.' }),
    known_shops: countDistinct('shop', { description: 'Shops that have a name.', without: '("none")' }),
    total_pieces: sum('pieces', { description: 'Pieces.' }),
    total_price: sum('price', { description: 'Prices.' }),
    average_pieces: average('pieces', { description: 'Pieces of a sale.' }),
    price_per_piece: weightedAverage(
      { value: 'price', weight: 'pieces' },
      { description: 'Price of a piece.' },
    ),
    pieces_per_sale: ratio('total_pieces', 'sales', { description: 'Pieces a sale.' }),
    customer_share: ratio('customers', 'sales', { description: 'Customers a sale.', format: 'percent' }),
  },
  query: sql`select 1 as customer_id, 'x' as shop, 1.0 as price, 1 as pieces`,
});

export const { measures } = sales;
