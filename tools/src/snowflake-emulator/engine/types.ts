/** Snowflake's types. `null` is the type of a bare NULL. */
export type SqlType =
  | { readonly type: 'number'; readonly precision: number; readonly scale: number }
  | { readonly type: 'float' }
  | { readonly type: 'text'; readonly length: number }
  | { readonly type: 'boolean' }
  | { readonly type: 'date' }
  | { readonly type: 'time'; readonly scale: number }
  | { readonly type: TimestampKind; readonly scale: number }
  | { readonly type: 'binary'; readonly length: number }
  | { readonly type: 'variant' }
  | { readonly type: 'array' }
  | { readonly type: 'object' }
  | { readonly type: 'null' };

export type TimestampKind = 'timestamp_ntz' | 'timestamp_ltz' | 'timestamp_tz';

export const MAX_TEXT = 16_777_216;
export const MAX_BINARY = 8_388_608;
export const MAX_PRECISION = 38;

export const number = (precision = MAX_PRECISION, scale = 0): SqlType => ({
  type: 'number',
  precision: Math.min(precision, MAX_PRECISION),
  scale,
});
export const text = (length = MAX_TEXT): SqlType => ({ type: 'text', length });
export const timestamp = (type: TimestampKind = 'timestamp_ntz', scale = 9): SqlType => ({ type, scale });
export const FLOAT: SqlType = { type: 'float' };
export const BOOLEAN: SqlType = { type: 'boolean' };
export const DATE: SqlType = { type: 'date' };
export const TIME: SqlType = { type: 'time', scale: 9 };
export const VARIANT: SqlType = { type: 'variant' };
export const ARRAY: SqlType = { type: 'array' };
export const OBJECT: SqlType = { type: 'object' };
export const NULL: SqlType = { type: 'null' };
/** What counting gives. */
export const COUNT: SqlType = number(18, 0);

export function isTimestamp(type: SqlType): type is SqlType & { readonly type: TimestampKind } {
  return type.type === 'timestamp_ntz' || type.type === 'timestamp_ltz' || type.type === 'timestamp_tz';
}

export function isSemiStructured(type: SqlType): boolean {
  return type.type === 'variant' || type.type === 'array' || type.type === 'object';
}

/** The type by which DuckDB holds it. Whole numbers are HUGEINT: 38 digits fit. Structured values are JSON. */
export function duckType(type: SqlType): string {
  switch (type.type) {
    case 'number':
      return type.scale === 0 ? 'HUGEINT' : `DECIMAL(38,${type.scale})`;
    case 'float':
      return 'DOUBLE';
    case 'text':
    case 'null':
      return 'VARCHAR';
    case 'boolean':
      return 'BOOLEAN';
    case 'date':
      return 'DATE';
    case 'time':
      return 'TIME';
    case 'binary':
      return 'BLOB';
    case 'variant':
    case 'array':
    case 'object':
      return 'JSON';
    default:
      return 'TIMESTAMP';
  }
}

/** As DESCRIBE writes it: NUMBER(38,0), VARCHAR(16777216), TIMESTAMP_NTZ(9). */
export function typeName(type: SqlType): string {
  switch (type.type) {
    case 'number':
      return `NUMBER(${type.precision},${type.scale})`;
    case 'text':
      return `VARCHAR(${type.length})`;
    case 'binary':
      return `BINARY(${type.length})`;
    case 'null':
      return `VARCHAR(${MAX_TEXT})`;
    case 'float':
    case 'boolean':
    case 'date':
    case 'variant':
    case 'array':
    case 'object':
      return type.type.toUpperCase();
    default:
      return `${type.type.toUpperCase()}(${type.scale})`;
  }
}

/** As `data_type` of information_schema.columns has it: without sizes, TEXT for VARCHAR. */
export function plainTypeName(type: SqlType): string {
  return type.type === 'null' ? 'TEXT' : type.type.toUpperCase();
}
