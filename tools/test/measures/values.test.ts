import {
  average,
  count,
  countDistinct,
  double,
  integer,
  joinSql,
  type Measure,
  type MeasureParts,
  model,
  ratio,
  rawSql,
  sql,
  sum,
  table,
  text,
  weightedAverage,
} from '@matinee/core';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Engine, openEngines } from './engines.js';

const d = { description: '' };
const sales = model({
  name: 'sales',
  description: '',
  materialized: table(),
  columns: {
    part: integer(),
    shop: text().nullable(),
    price: double().nullable(),
    pieces: integer().nullable(),
  },
  measures: {
    sales: count(d),
    shops: countDistinct('shop', d),
    known_shops: countDistinct('shop', { ...d, without: 'b' }),
    prices: sum('price', d),
    average_pieces: average('pieces', d),
    average_price: weightedAverage({ value: 'price', weight: 'pieces' }, d),
    pieces_sold: sum('pieces', d),
    pieces_per_sale: ratio('pieces_sold', 'sales', d),
    price_per_piece: ratio('prices', 'pieces_sold', d),
    shops_per_sale: ratio('shops', 'sales', d),
  },
  query: sql`select 1`,
});
const measures: readonly Measure[] = Object.values(sales.measures);

interface Sale {
  /** Which of the groups that parts are summed over. */
  readonly part: number;
  readonly shop: string | null;
  readonly price: number | null;
  readonly pieces: number | null;
}

const nullable = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { freq: 4, nil: null });
const someSales: fc.Arbitrary<readonly Sale[]> = fc.array(
  fc.record({
    part: fc.integer({ min: 1, max: 3 }),
    shop: nullable(fc.constantFrom('a', 'b', 'B', 'c')),
    price: nullable(fc.integer({ min: -20, max: 20 }).map((half) => half / 2)),
    pieces: nullable(fc.integer({ min: -3, max: 5 })),
  }),
  { maxLength: 12 },
);

/** Every measure as plain TypeScript has it. */
function expectedOf(rows: readonly Sale[]): Record<string, number | null> {
  const present = <T>(values: readonly (T | null)[]) => values.filter((value): value is T => value !== null);
  const total = (values: readonly (number | null)[]) =>
    present(values).length === 0 ? null : present(values).reduce((all, value) => all + value, 0);
  const divided = (upper: number | null, lower: number | null) =>
    upper === null || lower === null || lower === 0 ? null : upper / lower;
  const shops = new Set(present(rows.map(({ shop }) => shop)));
  const [prices, pieces] = [total(rows.map(({ price }) => price)), total(rows.map((row) => row.pieces))];
  const weighted = rows.map(({ price, pieces: weight }) =>
    price === null || weight === null ? null : price * weight,
  );
  return {
    sales: rows.length,
    shops: shops.size,
    known_shops: [...shops].filter((shop) => shop !== 'b').length,
    prices,
    average_pieces: divided(pieces, present(rows.map((row) => row.pieces)).length),
    average_price: divided(total(weighted), pieces),
    pieces_sold: pieces,
    pieces_per_sale: divided(pieces, rows.length),
    price_per_piece: divided(prices, pieces),
    shops_per_sale: divided(shops.size, rows.length),
  };
}

const literal = (value: string | number | null) => (typeof value === 'string' ? `'${value}'` : String(value));

async function fill({ query }: Engine, rows: readonly Sale[]): Promise<void> {
  await query('create or replace table sales (part bigint, shop varchar, price double, pieces bigint)');
  const values = rows.map(
    (row) => `(${[row.part, row.shop, row.price, row.pieces].map(literal).join(', ')})`,
  );
  if (values.length > 0) await query(`insert into sales values ${values.join(', ')}`);
}

/** Engines add doubles in any order: twelve digits are the same. */
const rounded = (value: unknown) => (typeof value === 'number' ? Number(value.toPrecision(12)) + 0 : value);

describe('measures', () => {
  let engines: readonly Engine[];
  beforeAll(async () => {
    engines = await openEngines();
  });
  afterAll(async () => {
    for (const engine of engines) await engine.close();
  });

  it('are on both engines what an independent computation gives', async () => {
    const query = sql`select ${joinSql(measures)} from sales`;
    await fc.assert(
      fc.asyncProperty(someSales, async (rows) => {
        const expected = expectedOf(rows);
        for (const engine of engines) {
          await fill(engine, rows);
          const [found = []] = await engine.query(query);
          const named = Object.fromEntries(measures.map(({ name }, index) => [name, rounded(found[index])]));
          expect(named, engine.dialect).toEqual(
            Object.fromEntries(Object.entries(expected).map(([name, value]) => [name, rounded(value)])),
          );
        }
      }),
      { numRuns: 40 },
    );
  });

  it('that have parts are their numerators summed over groups, divided by their denominators', async () => {
    const additive = measures.flatMap(({ name, parts }) =>
      parts ? [{ name, parts: parts as MeasureParts }] : [],
    );
    expect(additive.map(({ name }) => name)).toEqual([
      'sales',
      'prices',
      'average_pieces',
      'average_price',
      'pieces_sold',
      'pieces_per_sale',
      'price_per_piece',
    ]);
    const columns = additive.flatMap(({ parts }) => [parts.numerator, parts.denominator ?? rawSql('null')]);
    const query = sql`select ${joinSql(columns)} from sales group by part`;
    await fc.assert(
      fc.asyncProperty(someSales, async (rows) => {
        fc.pre(rows.length > 0);
        const expected = expectedOf(rows);
        for (const engine of engines) {
          await fill(engine, rows);
          const groups = await engine.query(query);
          additive.forEach(({ name, parts }, index) => {
            const summed = (at: number) => {
              const present = groups.flatMap((group) => (group[at] === null ? [] : [Number(group[at])]));
              return present.length === 0 ? null : present.reduce((all, value) => all + value, 0);
            };
            const [upper, lower] = [summed(2 * index), parts.denominator ? summed(2 * index + 1) : 1];
            const value = upper === null || !lower ? null : upper / lower;
            expect(rounded(value), `${name} on ${engine.dialect}`).toEqual(rounded(expected[name]));
          });
        }
      }),
      { numRuns: 30 },
    );
  });
});
