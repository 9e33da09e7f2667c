import { describe, expect, it } from 'vitest';
import { daxFormats, formatMeasure } from '../../src/index.js';
import { measures } from './support.js';

describe('the format of a measure', () => {
  it('is whole for counts and sums of whole numbers, decimal for all else, unless stated', () => {
    const formats = Object.fromEntries(Object.values(measures).map(({ name, format }) => [name, format]));
    expect(formats).toEqual({
      sales: 'integer',
      customers: 'integer',
      shops: 'integer',
      known_shops: 'integer',
      total_pieces: 'integer',
      total_price: 'decimal',
      average_pieces: 'decimal',
      price_per_piece: 'decimal',
      pieces_per_sale: 'decimal',
      customer_share: 'percent',
    });
  });

  it('writes numbers for people', () => {
    expect(formatMeasure(1_234_567, 'integer')).toBe('1,234,567');
    expect(formatMeasure(20_000_263n, 'integer')).toBe('20,000,263');
    expect(formatMeasure(3.5249, 'decimal')).toBe('3.52');
    expect(formatMeasure(0.1249, 'percent')).toBe('12.5%');
    expect(formatMeasure(1_234.5, 'decimal', 'de')).toBe('1.234,50');
  });

  it('writes a dash where there is no number', () => {
    expect([null, undefined, Number.NaN].map((value) => formatMeasure(value, 'integer'))).toEqual([
      '–',
      '–',
      '–',
    ]);
  });

  it('has a format string for DAX', () => {
    expect(daxFormats).toEqual({ integer: '#,0', decimal: '#,0.00', percent: '0.0%' });
  });
});
