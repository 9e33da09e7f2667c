import {
  type Column,
  type ColumnFormat,
  type FileShape,
  ProjectError,
  quoteIdentifier,
  type Source,
} from '@matinee/core';
import type { Field, FieldKind } from './field.js';

/** How the files of one shape are read: what their fields hold, and what becomes of them. */
export interface FileReading {
  /** In the order of the header. */
  readonly fields: readonly Field[];
  /** The character before a quote inside a quoted field. */
  readonly escape: '"' | '\\';
  /** The fields of the source's key, by their position. */
  readonly key: readonly number[];
}

/** @throws ProjectError if the shape does not fit the source's columns. */
export function readingOf(source: Source, shape: FileShape): FileReading {
  for (const [name, column] of Object.entries(source.columns)) {
    if (!shape.header.includes(name) && !column.isNullable) {
      throw wrong(source, shape, `has no field for the column ${name}, which is not nullable`);
    }
  }
  const fields = shape.header.map((name) => {
    const column = source.columns[name];
    if (!column) throw wrong(source, shape, `names the field ${name}, which is no column`);
    return fieldOf(source, shape, name, column);
  });
  const key = source.key.map((name) => shape.header.indexOf(name));
  return { fields, escape: shape.escape ?? '"', key };
}

function fieldOf(source: Source, shape: FileShape, name: string, column: Column): Field {
  const format: ColumnFormat | undefined = shape.formats?.[name];
  const kind = kindOf(column, format);
  if (!kind) throw wrong(source, shape, `gives ${name}, a ${column.type}, the format ${format?.type}`);
  return {
    name,
    kind,
    mayBeEmpty: kind === 'text' || column.isNullable,
    format,
    readAs: READ_AS[kind],
    value: valueSql(quoteIdentifier(name, 'duckdb'), format),
  };
}

function kindOf({ type }: Column, format: ColumnFormat | undefined): FieldKind | undefined {
  if (type === 'timestamp') {
    if (format?.type === 'epochSeconds') return 'epochSeconds';
    return !format || format.type === 'dateTime' ? 'dateTime' : undefined;
  }
  if (type === 'text') return format && !(format.type in TEXT_FORMATS) ? undefined : 'text';
  return format ? undefined : type;
}

const TEXT_FORMATS = { zeroPadded: true, pairedQuotes: true };

const READ_AS: Record<FieldKind, string> = {
  int: 'bigint',
  double: 'double',
  text: 'varchar',
  epochSeconds: 'bigint',
  dateTime: 'timestamp',
  date: 'date',
  boolean: 'boolean',
  uuid: 'uuid',
};

function valueSql(column: string, format: ColumnFormat | undefined): string {
  switch (format?.type) {
    case 'epochSeconds':
      return `make_timestamp(${column} * 1000000)`;
    case 'zeroPadded':
      // lpad would cut longer values, and an empty one is no number to pad.
      return `case when ${column} = '' then '' else lpad(${column}, greatest(${format.width}, length(${column}))::int, '0') end`;
    case 'pairedQuotes':
      return `replace(${column}, '""', '"')`;
    default:
      return column;
  }
}

function wrong(source: Source, shape: FileShape, what: string): ProjectError {
  return new ProjectError('SOURCE_SHAPE', `${source.name}: the shape ${shape.name} ${what}.`, {
    location: source.location,
    hint: 'Make header and formats of the shape fit the columns.',
  });
}
