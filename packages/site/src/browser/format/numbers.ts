/**
 * How a number is written, by the words that measures use:
 * - `integer`: `1,234,567`
 * - `decimal`: `1,234.57`
 * - `percent`: a share of 1, `12.3%`
 * - `compact`: `1.2M`, for axes and small places
 * - `seconds`: `0.12 s`, `2 m 5 s`
 * - `bytes`: `34.1 MB`; thousands, not 1024
 */
export type NumberFormat = 'integer' | 'decimal' | 'percent' | 'compact' | 'seconds' | 'bytes';

const MISSING = '–';

const integers = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const decimals = new Intl.NumberFormat('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const percents = new Intl.NumberFormat('en-US', {
  style: 'percent',
  minimumFractionDigits: 1,
  maximumFractionDigits: 1,
});
const compacts = new Intl.NumberFormat('en-US', { notation: 'compact', maximumFractionDigits: 1 });

const FORMATS: Readonly<Record<NumberFormat, (value: number) => string>> = {
  integer: (value) => integers.format(value),
  decimal: (value) => decimals.format(value),
  percent: (value) => percents.format(value),
  compact: (value) => compacts.format(value),
  seconds: formatSeconds,
  bytes: formatBytes,
};

/** Writes a number; what is none (null, undefined, NaN, infinite) is a dash. */
export function formatNumber(value: number | null | undefined, format: NumberFormat = 'integer'): string {
  return value === null || value === undefined || !Number.isFinite(value) ? MISSING : FORMATS[format](value);
}

function formatSeconds(seconds: number): string {
  if (seconds < 9.995) return `${seconds.toFixed(2)} s`;
  if (seconds < 59.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)} m ${whole % 60} s`;
}

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'];

function formatBytes(bytes: number): string {
  let [value, unit] = [bytes, 0];
  while (value >= 999.95 && unit < UNITS.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${unit === 0 ? Math.round(value) : value.toFixed(1)} ${UNITS[unit]}`;
}
