import { daxTable } from '@matinee/core';
import type { DateColumn, DateTable } from '../declare/date-table.js';
import type { ModelContext } from './build-model.js';
import { plainName } from './names.js';
import type { ModelColumn, ModelTable, ModelType } from './semantic-model.js';

interface Column {
  readonly type: ModelType;
  readonly description: string;
  readonly dax: string;
  readonly format?: string;
  readonly sortedBy?: string;
}

/** Hidden: what the names of months are sorted by. */
const MONTH_NUMBER = 'month_number';

const columns: Record<Exclude<DateColumn, 'date'> | typeof MONTH_NUMBER, Column> = {
  year: { type: 'int64', description: 'The year.', dax: 'YEAR([Date])', format: '0' },
  quarter: {
    type: 'string',
    description: 'The quarter with its year, as 2015 Q3.',
    dax: 'YEAR([Date]) & " Q" & QUARTER([Date])',
  },
  month: {
    type: 'dateTime',
    description: 'The first day of the month.',
    dax: 'DATE(YEAR([Date]), MONTH([Date]), 1)',
    format: 'yyyy-mm',
  },
  month_of_year: {
    type: 'string',
    description: 'The month without its year, as Mar.',
    dax: 'FORMAT([Date], "mmm", "en-US")',
    sortedBy: MONTH_NUMBER,
  },
  month_number: { type: 'int64', description: '1 to 12.', dax: 'MONTH([Date])', format: '0' },
};

/** The days of whole years, as Power BI wants them of a date table, computed from the first and the last day of a fact. */
export function dateModelTable({ name, description, of }: DateTable, { id }: ModelContext): ModelTable {
  const day = `${daxTable(of.table.name)}[${plainName(of.name).replaceAll(']', ']]')}]`;
  const column = (key: string, { type, format, sortedBy, ...rest }: Column): ModelColumn => ({
    id: id('column', name, key),
    name: plainName(key),
    sourceColumn: `[${plainName(key)}]`,
    type,
    description: rest.description,
    format,
    isHidden: key === MONTH_NUMBER,
    isKey: key === 'date',
    sortedBy: sortedBy && plainName(sortedBy),
  });
  const date: Column = { type: 'dateTime', description: 'The day.', dax: '', format: 'yyyy-mm-dd' };
  const added = Object.entries(columns).map(([key, { dax }]) => `    "${plainName(key)}", ${dax}`);
  return {
    id: id('table', name),
    name,
    description,
    isDateTable: true,
    source: {
      language: 'dax',
      text: [
        'ADDCOLUMNS(',
        `    CALENDAR(DATE(YEAR(MIN(${day})), 1, 1), DATE(YEAR(MAX(${day})), 12, 31)),`,
        added.join(',\n'),
        ')',
      ].join('\n'),
    },
    columns: [column('date', date), ...Object.entries(columns).map(([key, of]) => column(key, of))],
    measures: [],
  };
}
