import { notEmulated } from '../errors.js';
import { BOOLEAN, DATE, FLOAT, MAX_BINARY, number, type SqlType, text, timestamp } from '../types.js';
import type { Cursor } from './cursor.js';

type Maker = (size: readonly number[]) => SqlType;

const whole: Maker = () => number();
const decimal: Maker = ([precision, scale]) => number(precision, scale);
const float: Maker = () => FLOAT;
const varchar: Maker = ([length]) => text(length);
const binary: Maker = ([length]) => ({ type: 'binary', length: length ?? MAX_BINARY });

const TYPES: Readonly<Record<string, Maker>> = {
  NUMBER: decimal,
  NUMERIC: decimal,
  DECIMAL: decimal,
  DEC: decimal,
  INT: whole,
  INTEGER: whole,
  BIGINT: whole,
  SMALLINT: whole,
  TINYINT: whole,
  BYTEINT: whole,
  FLOAT: float,
  FLOAT4: float,
  FLOAT8: float,
  DOUBLE: float,
  REAL: float,
  VARCHAR: varchar,
  STRING: varchar,
  TEXT: varchar,
  NVARCHAR: varchar,
  CHAR: ([length]) => text(length ?? 1),
  CHARACTER: ([length]) => text(length ?? 1),
  BINARY: binary,
  VARBINARY: binary,
  BOOLEAN: () => BOOLEAN,
  DATE: () => DATE,
  TIME: ([scale]) => ({ type: 'time', scale: scale ?? 9 }),
  DATETIME: ([scale]) => timestamp('timestamp_ntz', scale),
  TIMESTAMP: ([scale]) => timestamp('timestamp_ntz', scale),
  TIMESTAMP_NTZ: ([scale]) => timestamp('timestamp_ntz', scale),
  TIMESTAMPNTZ: ([scale]) => timestamp('timestamp_ntz', scale),
  TIMESTAMP_LTZ: ([scale]) => timestamp('timestamp_ltz', scale),
  TIMESTAMPLTZ: ([scale]) => timestamp('timestamp_ltz', scale),
  VARIANT: () => ({ type: 'variant' }),
  ARRAY: () => ({ type: 'array' }),
  OBJECT: () => ({ type: 'object' }),
};

/** A type as written. TIMESTAMP is TIMESTAMP_NTZ, as the parameter TIMESTAMP_TYPE_MAPPING has it by default. */
export function parseType(cursor: Cursor): SqlType {
  const token = cursor.peek();
  if (token.kind !== 'name') throw cursor.unexpected();
  const make = TYPES[token.value];
  if (!make) throw notEmulated(`the type ${token.value}`, token);
  cursor.next();
  if (token.value === 'DOUBLE') cursor.accept('PRECISION');
  const size = cursor.seesOperator('(') ? cursor.bracketed(() => cursor.list(() => cursor.integer())) : [];
  return make(size);
}
