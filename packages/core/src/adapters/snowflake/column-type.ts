import type { Column } from 'snowflake-sdk';

/** A column's type in SQL, from how results name it: `NUMBER(38, 0)`, `TIMESTAMP_NTZ(9)`. How long texts may be is not told. */
export function columnType(column: Pick<Column, 'getType' | 'getPrecision' | 'getScale'>): string {
  const type = column.getType().toUpperCase();
  switch (type) {
    case 'FIXED':
      return `NUMBER(${column.getPrecision()}, ${column.getScale()})`;
    case 'REAL':
      return 'DOUBLE';
    case 'TEXT':
      return 'VARCHAR';
    case 'TIME':
    case 'TIMESTAMP_NTZ':
    case 'TIMESTAMP_LTZ':
    case 'TIMESTAMP_TZ':
      return `${type}(${column.getScale()})`;
    default:
      return type;
  }
}

/** A column's name as the project writes it: lower case unless it was quoted into another. */
export function columnName(stored: string): string {
  return stored === stored.toUpperCase() ? stored.toLowerCase() : stored;
}
