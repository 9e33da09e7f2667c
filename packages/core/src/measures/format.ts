/**
 * How the number of a measure is written: `integer` 1,234,567 · `decimal` 3.52 · `percent` 12.5 %, whose value is a
 * share (0.125). Needs nothing else of this package, so that browsers can take it.
 */
export type MeasureFormat = 'integer' | 'decimal' | 'percent';

const fractionDigits: Record<MeasureFormat, number> = { integer: 0, decimal: 2, percent: 1 };

/** The format string of a measure in DAX and TMDL. */
export const daxFormats: Record<MeasureFormat, string> = {
  integer: '#,0',
  decimal: '#,0.00',
  percent: '0.0%',
};

/** A value as people read it; a dash stands for null and for what is no number. @param locale of the digits and separators */
export function formatMeasure(
  value: number | bigint | null | undefined,
  format: MeasureFormat,
  locale = 'en',
): string {
  if (value === null || value === undefined || Number.isNaN(value)) return '–';
  const digits = fractionDigits[format];
  return new Intl.NumberFormat(locale, {
    style: format === 'percent' ? 'percent' : 'decimal',
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(value);
}
