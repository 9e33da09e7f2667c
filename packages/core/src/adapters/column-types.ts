import type { Column } from '../nodes/column.js';
import type { DataType } from '../nodes/data-type.js';
import type { Dialect } from '../sql/dialect.js';
import { formatLiteral } from '../sql/literal.js';

const SQL_TYPES: Record<Dialect, Record<DataType, string>> = {
  duckdb: {
    int: 'bigint',
    double: 'double',
    text: 'varchar',
    uuid: 'uuid',
    date: 'date',
    timestamp: 'timestamp',
    boolean: 'boolean',
  },
  snowflake: {
    int: 'number(38, 0)',
    double: 'double',
    text: 'varchar',
    uuid: 'varchar(36)',
    date: 'date',
    timestamp: 'timestamp_ntz(6)',
    boolean: 'boolean',
  },
};

/** The SQL type of a contract's type. */
export function sqlType(type: DataType, dialect: Dialect): string {
  return SQL_TYPES[dialect][type];
}

/**
 * The type that a column is stored with: where the engine has enums, text with declared values is one. An enum is ordered
 * as it lists its values, so they are listed as texts are ordered: by their bytes.
 */
export function storedType(column: Column, dialect: Dialect): string {
  if (dialect !== 'duckdb' || !column.values) return sqlType(column.type, dialect);
  const values = [...new Set(column.values)].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  return `enum(${values.map((value) => formatLiteral(value, dialect)).join(', ')})`;
}

const FAMILIES: readonly (readonly [DataType, RegExp])[] = [
  ['int', /^(U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER|INT\d*|DECIMAL\(\d+, ?0\)|NUMBER\(\d+, ?0\))$/i],
  ['double', /^(DOUBLE|FLOAT|REAL|DECIMAL\(.*\)|NUMBER\(.*\))$/i],
  ['text', /^(VARCHAR|TEXT|STRING|ENUM)(\(.*\))?$/i],
  ['uuid', /^UUID$/i],
  ['date', /^DATE$/i],
  ['timestamp', /^TIMESTAMP(_NTZ|_S|_MS|_NS)?(\(\d\))?$/i],
  ['boolean', /^BOOLEAN$/i],
];

/** Whether values of an engine's type can stand in a column of the contract without changing their meaning. */
export function fits(engineType: string, type: DataType): boolean {
  if (engineType === '"NULL"' || engineType === 'SQLNULL') return true;
  return FAMILIES.some(([family, pattern]) => family === type && pattern.test(engineType));
}
