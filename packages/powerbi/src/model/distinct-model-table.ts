import { ProjectError } from '@matinee/core';
import type { DistinctTable } from '../declare/distinct-table.js';
import { distinctRows } from '../write/m-query.js';
import type { ModelContext } from './build-model.js';
import { typesInPowerBi } from './column-types.js';
import { plainName } from './names.js';
import type { ModelTable } from './semantic-model.js';

/** The values of a column as a table with that column as its key. */
export function distinctModelTable(table: DistinctTable, { id }: ModelContext): ModelTable {
  const { name, of, key } = table;
  const column = of.columns.includes(key) ? of.of.columns[key] : undefined;
  if (!column) {
    throw new ProjectError(
      'POWERBI_TABLE',
      `The table '${name}' is made from '${key}', which '${of.name}' does not load.`,
      {
        location: table.location,
      },
    );
  }
  const { model, format } = typesInPowerBi[column.type];
  return {
    id: id('table', name),
    name,
    description: table.description,
    isDateTable: false,
    source: { language: 'm', text: distinctRows(of.name, key, model === 'string') },
    columns: [
      {
        id: id('column', name, key),
        name: plainName(key),
        sourceColumn: key,
        type: model,
        description: column.description,
        format,
        isHidden: false,
        isKey: true,
        sortedBy: undefined,
      },
    ],
    measures: [],
  };
}
