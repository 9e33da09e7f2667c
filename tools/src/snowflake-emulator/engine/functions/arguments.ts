import { castTo } from '../bind/coerce.js';
import type { Typed } from '../bind/typed.js';
import { compilationError, type Place } from '../errors.js';
import { FLOAT, isTimestamp, number, type SqlType, text, timestamp } from '../types.js';

export const asText = (value: Typed, place?: Place): string => castTo(value, text(), 'cast', place);
export const asFloat = (value: Typed, place?: Place): string => castTo(value, FLOAT, 'cast', place);
export const asWhole = (value: Typed, place?: Place): string => castTo(value, number(), 'cast', place);
/** For DuckDB's functions that take no larger number. */
export const asBigint = (value: Typed, place?: Place): string => `cast(${asWhole(value, place)} as bigint)`;
export const asTimestamp = (value: Typed, place?: Place): string => castTo(value, timestamp(), 'cast', place);

/** A date or timestamp as it is; a text becomes a timestamp. */
export function asTemporal(value: Typed, place: Place): Typed {
  if (value.type.type === 'date' || isTimestamp(value.type)) return value;
  if (value.type.type === 'text' || value.type.type === 'null')
    return { sql: asTimestamp(value, place), type: timestamp() };
  throw compilationError(
    '001044',
    '42P13',
    `Invalid argument type: (${value.type.type.toUpperCase()})`,
    place,
  );
}

export function requireNumber(value: Typed, place: Place): SqlType & { readonly type: 'number' | 'float' } {
  if (value.type.type === 'number' || value.type.type === 'float') return value.type;
  throw compilationError(
    '001044',
    '42P13',
    `Invalid argument type: (${value.type.type.toUpperCase()})`,
    place,
  );
}
