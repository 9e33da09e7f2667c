import { castTo } from '../bind/coerce.js';
import { type BoundQuery, physicalName } from '../bind/typed.js';
import { nowNanos } from '../catalog/catalog.js';
import type { Column, Durability, Table } from '../catalog/objects.js';
import type { DuckSession } from '../session.js';
import { duckType, type SqlType, text } from '../types.js';

export interface NewTable {
  readonly columns: readonly Omit<Column, 'physical'>[];
  readonly durability: Durability;
  readonly comment: string;
  readonly clusterBy: string;
}

export function asColumn(name: string, type: SqlType): Omit<Column, 'physical'> {
  return {
    name,
    type: type.type === 'null' ? text() : type,
    nullable: true,
    default: undefined,
    comment: undefined,
  };
}

/** A table in DuckDB that has no name in the catalog yet, with the rows of a query or none. */
export async function makeTable(session: DuckSession, given: NewTable, rows?: BoundQuery): Promise<Table> {
  const physical = session.current.catalog.nextPhysical();
  const columns = given.columns.map((column, index) => ({
    ...column,
    physical: physicalName(index + 1, column.name),
  }));
  const definitions = columns.map(
    ({ physical, type, nullable }) => `${physical} ${duckType(type)}${nullable ? '' : ' not null'}`,
  );
  await session.run(`create table ${physical} (${definitions.join(', ')})`);
  const table: Table = {
    kind: 'table',
    physical,
    columns,
    durability: given.durability,
    comment: given.comment,
    clusterBy: given.clusterBy,
    created: nowNanos(),
    loads: new Map(),
  };
  if (!rows) return table;
  try {
    await session.run(`insert into ${physical} ${storedRows(rows, columns)}`);
    return table;
  } catch (error) {
    await session.run(`drop table ${physical}`);
    throw error;
  }
}

/** The rows of a query as columns store them, in their order. */
export function storedRows({ sql, columns: given }: BoundQuery, columns: readonly Column[]): string {
  const casts = given.map(
    ({ name, type }, index) =>
      `${castTo({ sql: `given.${physicalName(index + 1, name)}`, type }, columns[index]!.type, 'store')} as ${physicalName(index + 1, name)}`,
  );
  return `select ${casts.join(', ')} from (${sql}) as given`;
}
