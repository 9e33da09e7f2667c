import { compilationError, type Place } from '../errors.js';
import {
  duckType,
  FLOAT,
  isSemiStructured,
  isTimestamp,
  number,
  type SqlType,
  text,
  typeName,
} from '../types.js';
import { literal, type Typed } from './typed.js';

/** `cast` truncates texts as an explicit cast does, `store` refuses those too long, `try` gives null for what cannot be. */
export type CastMode = 'cast' | 'store' | 'try';

/** A value as another type. @throws SnowflakeError 001065 where Snowflake has no such cast. */
export function castTo(value: Typed, to: SqlType, mode: CastMode = 'cast', place?: Place): string {
  const { type: from, sql } = value;
  if (from.type === 'null') return `cast(null as ${duckType(to)})`;
  if (isSemiStructured(from) && !isSemiStructured(to)) {
    if (from.type !== 'variant') throw cannotCast(from, to, place);
    return castTo({ sql: `(${sql} ->> '$')`, type: text() }, to, mode, place);
  }
  switch (to.type) {
    case 'number':
      return toNumber(value, to.precision, to.scale, mode, place);
    case 'float':
      if (from.type === 'float') return sql;
      if (from.type === 'number') return `cast(${sql} as double)`;
      if (from.type === 'boolean') return `cast(cast(${sql} as integer) as double)`;
      if (from.type === 'text')
        return parsed(sql, `try_cast(trim(${sql}) as double)`, '100038 22018', 'Numeric value', mode);
      break;
    case 'text':
      return toText(value, to.length, mode, place);
    case 'boolean':
      if (from.type === 'boolean') return sql;
      if (from.type === 'number' || from.type === 'float') return `(${sql} <> 0)`;
      if (from.type === 'text')
        return parsed(sql, `sf_boolean(trim(${sql}))`, '100037 22018', 'Boolean value', mode);
      break;
    case 'date':
      if (from.type === 'date') return sql;
      if (isTimestamp(from)) return `cast(${sql} as date)`;
      if (from.type === 'text')
        return parsed(sql, `cast(try_cast(trim(${sql}) as timestamp) as date)`, '100040 22007', 'Date', mode);
      break;
    case 'time':
      if (from.type === 'time') return sql;
      if (isTimestamp(from)) return `cast(${sql} as time)`;
      if (from.type === 'text')
        return parsed(sql, `try_cast(trim(${sql}) as time)`, '100108 22007', 'Time', mode);
      break;
    case 'binary':
      if (from.type === 'binary') return sql;
      if (from.type === 'text') return `from_hex(${sql})`;
      break;
    case 'variant':
    case 'array':
    case 'object':
      if (isSemiStructured(from)) return sql;
      if (to.type === 'variant')
        return from.type === 'text' ? `to_json(${sql})` : `to_json(${jsonValue(value)})`;
      break;
    case 'null':
      return sql;
    default:
      return toTimestamp(value, to.scale, to, mode, place);
  }
  throw cannotCast(from, to, place);
}

function parsed(given: string, value: string, code: string, what: string, mode: CastMode): string {
  return mode === 'try' ? value : `sf_parsed(${given}, ${value}, '${code}', '${what}')`;
}

function toNumber(
  value: Typed,
  precision: number,
  scale: number,
  mode: CastMode,
  place: Place | undefined,
): string {
  const { type: from, sql } = value;
  const duck = duckType(number(precision, scale));
  const inRange = (cast: string) => (precision >= 38 ? cast : `sf_in_range(${cast}, 1e${precision - scale})`);
  switch (from.type) {
    case 'number':
      if (from.scale === scale && from.precision <= precision) return sql;
      return from.precision - from.scale <= precision - scale
        ? `cast(${sql} as ${duck})`
        : inRange(`cast(${sql} as ${duck})`);
    case 'float':
      return inRange(`cast(round(${sql}, ${scale}) as ${duck})`);
    case 'boolean':
      return `cast(cast(${sql} as integer) as ${duck})`;
    case 'text':
      return inRange(parsed(sql, `try_cast(trim(${sql}) as ${duck})`, '100038 22018', 'Numeric value', mode));
    default:
      throw cannotCast(from, number(precision, scale), place);
  }
}

function toText(value: Typed, length: number, mode: CastMode, place: Place | undefined): string {
  const { type: from } = value;
  const cast = textOf(value, place);
  const known = from.type === 'text' ? from.length : lengths[from.type];
  if (known !== undefined && known <= length) return cast;
  return mode === 'store' ? `sf_fits(${cast}, ${length})` : `substr(${cast}, 1, ${length})`;
}

const lengths: Readonly<Record<string, number>> = {
  boolean: 5,
  date: 10,
  time: 18,
  timestamp_ntz: 36,
  timestamp_ltz: 36,
  number: 40,
  float: 40,
};

function textOf({ type, sql }: Typed, place: Place | undefined): string {
  switch (type.type) {
    case 'text':
      return sql;
    case 'float':
      return `sf_float_text(${sql})`;
    case 'timestamp_ntz':
      // TIMESTAMP_NTZ_OUTPUT_FORMAT of the session; its default has milliseconds
      return `strftime(${sql}, coalesce(cast(getvariable('sf_ntz_format') as varchar), '%Y-%m-%d %H:%M:%S.%g'))`;
    case 'timestamp_ltz':
      return `strftime(${sql}, '%Y-%m-%d %H:%M:%S.%g Z')`;
    case 'binary':
      return `hex(${sql})`;
    case 'timestamp_tz':
    case 'array':
    case 'object':
      throw cannotCast(type, text(), place);
    default:
      return `cast(${sql} as varchar)`;
  }
}

function toTimestamp(
  { type: from, sql }: Typed,
  scale: number,
  to: SqlType,
  mode: CastMode,
  place: Place | undefined,
): string {
  const fraction = (cast: string, known = 9) =>
    scale >= 6 || known <= scale ? cast : `date_trunc('${scale >= 3 ? 'milliseconds' : 'second'}', ${cast})`;
  if (isTimestamp(from)) return fraction(sql, from.scale);
  if (from.type === 'date') return `cast(${sql} as timestamp)`;
  if (from.type === 'text')
    return fraction(parsed(sql, `try_cast(trim(${sql}) as timestamp)`, '100035 22007', 'Timestamp', mode));
  throw cannotCast(from, to, place);
}

/** What to_json makes a value of the kind that Snowflake's JSON has. */
function jsonValue({ type, sql }: Typed): string {
  if (type.type === 'number') return type.scale === 0 ? `cast(${sql} as bigint)` : `cast(${sql} as double)`;
  if (type.type === 'float' || type.type === 'boolean') return sql;
  return `cast(${sql} as varchar)`;
}

function cannotCast(from: SqlType, to: SqlType, place?: Place): Error {
  return compilationError(
    '001065',
    '22023',
    `Cannot convert a value of type ${typeName(from)} to ${typeName(to)}`,
    place,
  );
}

/** The type of a column that holds values of both. */
export function commonType(a: SqlType, b: SqlType, place?: Place): SqlType {
  if (a.type === 'null') return b;
  if (b.type === 'null') return a;
  if (a.type === 'number' && b.type === 'number') {
    const scale = Math.max(a.scale, b.scale);
    return number(Math.max(a.precision - a.scale, b.precision - b.scale) + scale, scale);
  }
  if (a.type === 'text' && b.type === 'text') return text(Math.max(a.length, b.length));
  if (a.type === b.type) return 'scale' in a && 'scale' in b && b.scale > a.scale ? b : a;
  if (isTimestamp(a) && isTimestamp(b)) return a.type === 'timestamp_ltz' ? a : b;
  for (const [one, other] of [
    [a, b],
    [b, a],
  ] as const) {
    if (one.type === 'variant') return one;
    if (one.type === 'float' && other.type === 'number') return FLOAT;
    if (isTimestamp(one) && other.type === 'date') return one;
    // a text becomes what it is compared with; a whole number's digits are no bound for it
    if (other.type === 'text' && !isSemiStructured(one))
      return one.type === 'number' ? number(38, Math.max(one.scale, 5)) : one;
    if (one.type === 'boolean' && other.type === 'number') return one;
  }
  throw compilationError(
    '001038',
    '22023',
    `Values of the types ${typeName(a)} and ${typeName(b)} do not stand in one column or comparison`,
    place,
  );
}

/** Values as the type they have in common. */
export function unify(
  values: readonly Typed[],
  place?: Place,
): { readonly type: SqlType; readonly sqls: readonly string[] } {
  const type = values.map((value) => value.type).reduce((a, b) => commonType(a, b, place));
  return { type, sqls: values.map((value) => castTo(value, type, 'cast', place)) };
}

export function textLiteral(value: string): Typed {
  return { sql: literal(value), type: text(Math.max(value.length, 1)) };
}
