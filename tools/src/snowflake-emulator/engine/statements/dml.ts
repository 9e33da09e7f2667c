import type { ScopeRelation } from '../bind/scope.js';
import type { Table } from '../catalog/objects.js';
import { compilationError, doesNotExist, invalidIdentifier, type Place } from '../errors.js';
import type { Rows } from '../rows.js';
import type { DuckSession } from '../session.js';
import { shownAddress } from '../state.js';
import type { QualifiedName } from '../syntax/ast.js';
import { number } from '../types.js';

export interface Target {
  readonly table: Table;
  readonly path: readonly string[];
}

/** The table that a DML statement changes. @throws SnowflakeError 002003, and for a view. */
export function targetOf(session: DuckSession, name: QualifiedName): Target {
  const address = session.current.address(name);
  const relation = session.current.find(address);
  if (!relation)
    throw doesNotExist('Table', name.parts.length === 1 ? name.parts[0]! : shownAddress(address));
  if (relation.kind === 'view')
    throw compilationError('001045', '0A000', `The view '${address.name}' cannot be changed by DML.`);
  return { table: relation, path: [address.database, address.schema, address.name] };
}

/** The table under a DuckDB alias, as expressions of the statement see it. */
export function targetScope(
  { table, path }: Target,
  alias: string | undefined,
  physical: string,
): ScopeRelation {
  return {
    path: alias === undefined ? path : [alias],
    columns: table.columns.map(({ name, type, physical: column }) => ({
      name,
      type,
      sql: `${physical}.${column}`,
    })),
  };
}

export function columnNamed({ table }: Target, name: string, place: Place) {
  const column = table.columns.find((one) => one.name === name);
  if (!column) throw invalidIdentifier(name, place);
  return column;
}

/** The one row of counts that DML answers. */
export function counts(named: Readonly<Record<string, number | bigint>>): Rows {
  return {
    columns: Object.keys(named).map((name) => ({ name, type: number(19) })),
    rows: [Object.values(named).map(BigInt)],
  };
}
