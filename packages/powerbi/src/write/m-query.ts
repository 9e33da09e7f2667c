import type { DataType } from '@matinee/core';
import { typesInPowerBi } from '../model/column-types.js';
import type { RowsOf, Step } from '../source/data-source.js';
import { mName, mText } from './m-text.js';

/** A column of a table, as it is loaded. */
export interface LoadedColumn {
  readonly name: string;
  /** The column of the relation that it comes from. */
  readonly from: string;
  readonly type: DataType;
  /** Its values in the order that people expect, if there is one. */
  readonly order: readonly string[] | undefined;
}

/** A query that loads columns of a relation: chosen, renamed, typed, and with the places of ordered values. */
export function loadRows({ steps, column }: RowsOf, columns: readonly LoadedColumn[]): string {
  const renamed = columns
    .filter(({ name, from }) => column(from) !== name)
    .map(({ name, from }) => mList([mText(column(from)), mText(name)]));
  const added: Step[] = [
    ['Selected', `Table.SelectColumns(Rows, ${mList(columns.map(({ from }) => mText(column(from))))})`],
    ...(renamed.length > 0 ? [['Renamed', `Table.RenameColumns(Selected, ${mList(renamed)})`] as const] : []),
  ];
  const types = columns.map(({ name, type }) => mList([mText(name), typesInPowerBi[type].m]));
  const all: Step[] = [...steps, ...added];
  all.push(['Typed', `Table.TransformColumnTypes(${all.at(-1)?.[0]}, ${mList(types)})`]);
  for (const { name, order } of columns) {
    if (!order) continue;
    const values = mList(order.map(mText));
    all.push([
      mName(`Ordered ${name}`),
      `Table.AddColumn(${all.at(-1)?.[0]}, ${mText(`${name}_order`)}, each List.PositionOf(${values}, Record.Field(_, ${mText(name)})), Int64.Type)`,
    ]);
  }
  return letIn(all);
}

/** A query of the values that a column of another query takes; texts that differ by case only are the same. */
export function distinctRows(table: string, column: string, isText: boolean): string {
  const criteria = isText ? `, {{${mText(column)}, Comparer.OrdinalIgnoreCase}}` : '';
  return letIn([
    ['Values', `Table.SelectColumns(${mName(table)}, {${mText(column)}})`],
    ['Distinct', `Table.Distinct(Values${criteria})`],
  ]);
}

function letIn(steps: readonly Step[]): string {
  const lines = steps.map(([name, expression]) => `    ${name} = ${expression}`);
  return `let\n${lines.join(',\n')}\nin\n    ${steps.at(-1)?.[0]}`;
}

function mList(items: readonly string[]): string {
  return `{${items.join(', ')}}`;
}
