import {
  DuckDBBlobValue,
  DuckDBDateValue,
  DuckDBDecimalValue,
  DuckDBTimestampValue,
  DuckDBTimeValue,
  type DuckDBValue,
} from '@duckdb/node-api';
import type { Result, ResultColumn, ResultValue, WireType } from '../engine.js';
import type { BoundRelation } from './bind/context.js';
import { literal, physicalName } from './bind/typed.js';
import { duckType, type SqlType, text } from './types.js';

export interface RowColumn {
  readonly name: string;
  readonly type: SqlType;
  readonly nullable?: boolean;
}

/** Rows with the types that Snowflake gives their columns. */
export interface Rows {
  readonly columns: readonly RowColumn[];
  readonly rows: readonly (readonly ResultValue[])[];
}

export function toResult({ columns, rows }: Rows, statementTypeId: number): Result {
  return { columns: columns.map(toResultColumn), rows, statementTypeId };
}

function toResultColumn({ name, type, nullable = true }: RowColumn): ResultColumn {
  const base = { name, nullable };
  switch (type.type) {
    case 'number':
      return { ...base, type: 'fixed', precision: type.precision, scale: type.scale };
    case 'float':
      return { ...base, type: 'real' };
    case 'null':
      return { ...base, type: 'text', length: 16_777_216 };
    case 'text':
    case 'binary':
      return { ...base, type: type.type, length: type.length };
    case 'array':
    case 'object':
      return { ...base, type: 'variant' };
    case 'boolean':
    case 'date':
    case 'variant':
      return { ...base, type: type.type };
    default:
      return { ...base, type: type.type as WireType, scale: type.scale };
  }
}

/** A value of DuckDB as the engine hands it out. */
export function toValue(value: DuckDBValue): ResultValue {
  if (value instanceof DuckDBTimestampValue) return value.micros * 1000n;
  if (value instanceof DuckDBTimeValue) return value.micros * 1000n;
  if (value instanceof DuckDBDateValue || value instanceof DuckDBDecimalValue) return value.toString();
  if (value instanceof DuckDBBlobValue) return Buffer.from(value.bytes).toString('hex').toUpperCase();
  if (value !== null && typeof value === 'object') return String(value);
  return value;
}

/** `fixed` without scale comes as bigint, whatever DuckDB counts with. */
export function toValueOf(value: DuckDBValue, type: SqlType): ResultValue {
  const plain = toValue(value);
  return type.type === 'number' && type.scale === 0 && plain !== null ? BigInt(plain) : plain;
}

/** Rows as a relation of a query: SHOW and information_schema are read so. */
export function asRelation({ columns, rows }: Rows, path: readonly string[] = []): BoundRelation {
  const named = columns.map(({ name, type }, index) => ({
    name,
    type,
    physical: physicalName(index + 1, name),
  }));
  const cells = (row: readonly ResultValue[]) =>
    row.map(
      (value, index) => `cast(${valueSql(value, columns[index]!.type)} as ${duckType(columns[index]!.type)})`,
    );
  const empty = columns.map(() => null);
  const values = (rows.length === 0 ? [empty] : rows).map((row) => `(${cells(row).join(', ')})`).join(', ');
  const sql = `(select * from (values ${values}) as listed(${named.map(({ physical }) => physical).join(', ')})${rows.length === 0 ? ' where false' : ''})`;
  return { sql, path, columns: named };
}

function valueSql(value: ResultValue, type: SqlType): string {
  if (value === null) return 'null';
  if (typeof value === 'bigint' && type.type.startsWith('timestamp'))
    return `make_timestamp(${value / 1000n})`;
  return typeof value === 'string' ? literal(value) : String(value);
}

/** One column of text, one row. */
export function statusRows(message: string): Rows {
  return { columns: [{ name: 'status', type: text() }], rows: [[message]] };
}
