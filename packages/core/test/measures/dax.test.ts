import { describe, expect, it } from 'vitest';
import { daxOf } from '../../src/index.js';
import { measures } from './support.js';

const golden: Record<keyof typeof measures, string> = {
  sales: `COUNTROWS('sales')`,
  customers: `DISTINCTCOUNT('sales'[customer_id])`,
  shops: `DISTINCTCOUNTNOBLANK('sales'[shop])`,
  known_shops: `CALCULATE(DISTINCTCOUNTNOBLANK('sales'[shop]), KEEPFILTERS('sales'[shop] <> "(""none"")"))`,
  total_pieces: `SUM('sales'[pieces])`,
  total_price: `SUM('sales'[price])`,
  average_pieces: `AVERAGE('sales'[pieces])`,
  price_per_piece: `DIVIDE(SUMX('sales', 'sales'[price] * 'sales'[pieces]), SUM('sales'[pieces]))`,
  pieces_per_sale: 'DIVIDE([total_pieces], [sales])',
  customer_share: 'DIVIDE([customers], [sales])',
};

describe('a measure in DAX', () => {
  it.each(Object.entries(golden))('%s is an expression over the table', (name, text) => {
    expect(daxOf(measures[name as keyof typeof measures], 'sales')).toBe(text);
  });

  it('takes the names of the semantic model, and quotes them', () => {
    const names = {
      column: (name: string) => `${name} [x]`,
      measure: (name: string) => name.replaceAll('_', ' '),
    };
    expect(daxOf(measures.total_price, "Anna's sales", names)).toBe(`SUM('Anna''s sales'[price [x]]])`);
    expect(daxOf(measures.pieces_per_sale, 'sales', names)).toBe('DIVIDE([total pieces], [sales])');
  });
});
