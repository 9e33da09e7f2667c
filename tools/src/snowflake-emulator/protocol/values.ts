/**
 * Values as a JSON result carries them: text or null. Numbers in decimal digits, booleans as 1 and 0, dates as days since
 * 1970, times and timestamps as seconds with their fraction, zoned ones with the offset in minutes plus 1440 behind a blank.
 */
import type { ResultColumn, ResultValue, WireType } from '../engine.js';

const NANOSECONDS = 1_000_000_000n;
const DAY_MS = 86_400_000;
const UTC_OFFSET = 1440;

/** Digits of a second's fraction where the column does not say. */
export const DEFAULT_TIME_SCALE = 9;

/** Significant digits that tell every double from its neighbours. */
export const EXACT_DIGITS = 17;

/**
 * @param realDigits of doubles, significant ones
 * @throws TypeError if the engine gave a value that does not fit its column.
 */
export function encodeValue(
  column: ResultColumn,
  value: ResultValue,
  realDigits = EXACT_DIGITS,
): string | null {
  if (value === null) return null;
  if (column.type === 'real')
    return typeof value === 'number' ? encodeReal(value, realDigits) : misfit(column, value);
  return encoders[column.type](value, column) ?? misfit(column, value);
}

type Encoder = (value: Exclude<ResultValue, null>, column: ResultColumn) => string | undefined;

const asText: Encoder = (value) => (typeof value === 'string' ? value : undefined);

const encoders: Readonly<Record<Exclude<WireType, 'real'>, Encoder>> = {
  fixed: (value, column) => {
    if (typeof value === 'bigint') return String(value);
    if (typeof value === 'number') return Number.isSafeInteger(value) ? String(value) : undefined;
    const pattern = column.scale ? /^-?\d+(\.\d+)?$/ : /^-?\d+$/;
    return typeof value === 'string' && pattern.test(value) ? value : undefined;
  },
  text: asText,
  boolean: (value) => (typeof value === 'boolean' ? (value ? '1' : '0') : undefined),
  date: (value) => (typeof value === 'string' ? encodeDate(value) : undefined),
  time: (value, column) => encodeSeconds(value, column),
  timestamp_ntz: (value, column) => encodeSeconds(value, column),
  timestamp_ltz: (value, column) => encodeSeconds(value, column),
  timestamp_tz: (value, column) => {
    const seconds = encodeSeconds(value, column);
    return seconds === undefined ? undefined : `${seconds} ${UTC_OFFSET}`;
  },
  binary: (value) =>
    typeof value === 'string' && /^([\da-f]{2})*$/i.test(value) ? value.toUpperCase() : undefined,
  variant: asText,
};

function encodeReal(value: number, digits: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  if (Object.is(value, -0)) return '-0';
  return String(digits >= EXACT_DIGITS ? value : Number(value.toPrecision(digits)));
}

/** Days since 1970 in the Gregorian calendar, before it was introduced too. */
function encodeDate(text: string): string | undefined {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!parts) return undefined;
  const [year, month, day] = parts.slice(1).map(Number) as [number, number, number];
  // The years 0 to 99 mean the last century to Date.UTC.
  const ms = new Date(0).setUTCFullYear(year, month - 1, day);
  const back = new Date(ms);
  if (back.getUTCMonth() !== month - 1 || back.getUTCDate() !== day) return undefined;
  return String(ms / DAY_MS);
}

/** A decimal number of seconds, negative before 1970. Digits finer than the column's scale are cut off towards the past. */
function encodeSeconds(value: ResultValue, column: ResultColumn): string | undefined {
  if (typeof value !== 'bigint') return undefined;
  const scale = column.scale ?? DEFAULT_TIME_SCALE;
  const unit = 10n ** BigInt(9 - scale);
  const floored = value - (((value % unit) + unit) % unit);
  const absolute = floored < 0n ? -floored : floored;
  const whole = `${floored < 0n ? '-' : ''}${absolute / NANOSECONDS}`;
  return scale === 0
    ? whole
    : `${whole}.${String(absolute % NANOSECONDS)
        .padStart(9, '0')
        .slice(0, scale)}`;
}

function misfit(column: ResultColumn, value: ResultValue): never {
  throw new TypeError(
    `The engine gave ${typeof value} ${String(value)} for column ${column.name}, which is ${column.type}: see ResultValue in engine.ts.`,
  );
}
