import { describe, expect, it } from 'vitest';
import { type Dialect, type Renderable, sql } from '../../src/index.js';
import { expectSql, run } from '../macros/support.js';
import { measures } from './support.js';

type Golden = Record<Dialect, string>;

const golden: Record<keyof typeof measures, Golden> = {
  sales: { duckdb: 'count(*)', snowflake: 'count(*)' },
  customers: { duckdb: 'count(distinct "customer_id")', snowflake: 'count(distinct "CUSTOMER_ID")' },
  shops: { duckdb: 'count(distinct "shop")', snowflake: 'count(distinct "SHOP")' },
  known_shops: {
    duckdb: `count(distinct nullif("shop", '("none")'))`,
    snowflake: `count(distinct nullif("SHOP", '("none")'))`,
  },
  total_pieces: { duckdb: 'sum("pieces")', snowflake: 'sum("PIECES")' },
  total_price: { duckdb: 'sum("price")', snowflake: 'sum("PRICE")' },
  average_pieces: {
    duckdb: 'avg(cast("pieces" as double))',
    snowflake: 'avg(cast("PIECES" as double))',
  },
  price_per_piece: {
    duckdb: '(sum(cast("price" as double) * ("pieces")) / nullif(sum("pieces"), 0))',
    snowflake: '(sum(cast("PRICE" as double) * ("PIECES")) / nullif(sum("PIECES"), 0))',
  },
  pieces_per_sale: {
    duckdb: '(cast(sum("pieces") as double) / nullif(count(*), 0))',
    snowflake: '(cast(sum("PIECES") as double) / nullif(count(*), 0))',
  },
  customer_share: {
    duckdb: '(cast(count(distinct "customer_id") as double) / nullif(count(*), 0))',
    snowflake: '(cast(count(distinct "CUSTOMER_ID") as double) / nullif(count(*), 0))',
  },
};

describe('a measure in SQL', () => {
  it.each(Object.entries(golden))('%s is an aggregate expression', (name, texts) => {
    expectSql(measures[name as keyof typeof measures], texts);
  });

  it('without rows: counts are 0, all else is null', async () => {
    const query = sql`select ${measures.sales}, ${measures.customers}, ${measures.total_price}, ${measures.average_pieces}, ${measures.price_per_piece}, ${measures.pieces_per_sale}
      from (select 1 as customer_id, 2.5 as price, 3 as pieces) as t where false`;
    expect(await run(query)).toEqual([[0, 0, null, null, null, null]]);
  });
});

describe('the parts of a measure', () => {
  const expectParts = (
    parts: { readonly numerator: Renderable; readonly denominator: Renderable | undefined } | undefined,
    numerator: Golden,
    denominator?: Golden,
  ) => {
    expectSql(parts?.numerator as Renderable, numerator);
    if (denominator) expectSql(parts?.denominator as Renderable, denominator);
    else expect(parts?.denominator).toBeUndefined();
  };

  it('of a count or sum are itself', () => {
    expectParts(measures.sales.parts, golden.sales);
    expectParts(measures.total_price.parts, golden.total_price);
  });

  it('of an average are the sum and the count of what is not null', () => {
    expectParts(measures.average_pieces.parts, golden.total_pieces, {
      duckdb: 'count("pieces")',
      snowflake: 'count("PIECES")',
    });
  });

  it('of a weighted average are the weighted sum and the weights', () => {
    const weighted = {
      duckdb: 'sum(cast("price" as double) * "pieces")',
      snowflake: 'sum(cast("PRICE" as double) * "PIECES")',
    };
    expectParts(measures.price_per_piece.parts, weighted, golden.total_pieces);
  });

  it('of a ratio are what it divides, if that can be summed', () => {
    expectParts(measures.pieces_per_sale.parts, golden.total_pieces, golden.sales);
    expect(measures.customer_share.parts).toBeUndefined();
  });

  it('of a distinct count are none', () => {
    expect(measures.customers.parts).toBeUndefined();
  });
});
