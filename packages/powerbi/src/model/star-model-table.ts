import {
  type Column,
  type DataType,
  daxFormats,
  daxOf,
  daxTable,
  Measure,
  ProjectError,
} from '@matinee/core';
import type { MeasureAmong, StarTable } from '../declare/star-table.js';
import { type LoadedColumn, loadRows } from '../write/m-query.js';
import type { ModelContext } from './build-model.js';
import { typesInPowerBi } from './column-types.js';
import { plainName, plainNames } from './names.js';
import { sharedKey } from './relationships.js';
import type { ModelColumn, ModelMeasure, ModelTable } from './semantic-model.js';

/** A relation as a table: the columns that are loaded, and its measures. */
export function starModelTable(table: StarTable, context: ModelContext): ModelTable {
  const loaded = loadedColumns(table);
  return {
    id: context.id('table', table.name),
    name: table.name,
    description: table.description,
    isDateTable: false,
    source: { language: 'm', text: loadRows(context.source.rowsOf(table.of), loaded) },
    columns: loaded.flatMap((column) => modelColumns(table, column, context)),
    measures: Object.entries(table.measures).map(([name, measure]) =>
      modelMeasure(table, name, measure, context),
    ),
  };
}

function loadedColumns(table: StarTable): readonly LoadedColumn[] {
  const twice = Object.values(table.days).find((name) => table.columns.includes(name));
  if (twice !== undefined) {
    throw problem(table, `'${twice}' is loaded as a timestamp and as a day; one of the two is possible.`);
  }
  return [
    ...table.columns.map((name) => {
      const { type, values } = columnOf(table, name);
      return { name, from: name, type, order: values };
    }),
    ...Object.entries(table.days).map(([name, from]) => {
      if (columnOf(table, from).type !== 'timestamp')
        throw problem(table, `The day '${name}' is taken from '${from}', which is no timestamp.`);
      return { name, from, type: 'date' as DataType, order: undefined };
    }),
  ];
}

function columnOf(table: StarTable, name: string): Column {
  const column = Object.hasOwn(table.of.columns, name) ? table.of.columns[name] : undefined;
  if (column) return column;
  throw problem(table, `'${name}' is no column of '${table.of.name}'.`);
}

/** The column itself, and where its values have an order of their own also the place of each value in it. */
function modelColumns(
  table: StarTable,
  { name, from, type, order }: LoadedColumn,
  { id, relationships }: ModelContext,
): readonly ModelColumn[] {
  const ends = (end: 'from' | 'to') =>
    relationships.some((relationship) => {
      const field = relationship[end];
      return field.table === table && field.name === name;
    });
  const isKey = ends('to');
  const { model, format } = typesInPowerBi[type];
  const column: ModelColumn = {
    id: id('column', table.name, name),
    name: plainName(name),
    sourceColumn: name,
    type: model,
    description: table.of.columns[from]?.description ?? '',
    format,
    // People choose from the one side of a relationship; numbers that only join are nothing to look at.
    isHidden: ends('from') || (isKey && model === 'int64'),
    isKey,
    sortedBy: order && plainName(orderColumn(name)),
  };
  if (!order) return [column];
  return [
    column,
    {
      id: id('column', table.name, orderColumn(name)),
      name: plainName(orderColumn(name)),
      sourceColumn: orderColumn(name),
      type: 'int64',
      description: `What ${plainName(name)} is sorted by.`,
      format: '0',
      isHidden: true,
      isKey: false,
      sortedBy: undefined,
    },
  ];
}

/** The column that holds the places of a column's values among its declared values. */
export function orderColumn(name: string): string {
  return `${name}_order`;
}

function modelMeasure(
  table: StarTable,
  name: string,
  declared: Measure | MeasureAmong,
  context: ModelContext,
): ModelMeasure {
  const measure = declared instanceof Measure ? declared : declared.measure;
  const own = daxOf(measure, table.name, plainNames);
  const description = declared.description ?? measure.description;
  return {
    id: context.id('measure', name),
    name: plainName(name),
    description,
    expression: declared instanceof Measure ? own : among(own, table, declared.among, context),
    format: daxFormats[measure.format],
  };
}

function among(
  expression: string,
  table: StarTable,
  rows: StarTable,
  { relationships }: ModelContext,
): string {
  const key = sharedKey(table, rows, relationships);
  const column = `${daxTable(key.table.name)}[${plainName(key.name).replaceAll(']', ']]')}]`;
  return `CALCULATE(${expression}, SUMMARIZE(${daxTable(rows.name)}, ${column}))`;
}

function problem(table: StarTable, message: string): ProjectError {
  return new ProjectError('POWERBI_TABLE', `The table '${table.name}': ${message}`, {
    location: table.location,
  });
}
