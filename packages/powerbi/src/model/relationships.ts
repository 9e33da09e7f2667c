import { ProjectError, type Relation } from '@matinee/core';
import type { Field } from '../declare/field.js';
import type { PowerBi } from '../declare/power-bi.js';
import type { StarTable } from '../declare/star-table.js';

/** A relationship between tables of the star, from the many rows to the one; columns are called as in the project. */
export interface StarRelationship {
  readonly from: Field;
  readonly to: Field;
  readonly filtersBothWays: boolean;
}

/**
 * The relationships of a star: those that columns `references` between relations that are in it, those of the dimensions that are
 * made from its columns, and those that are declared.
 *
 * @throws ProjectError POWERBI_RELATIONSHIP for one to a column that may hold a value twice
 */
export function starRelationships(star: PowerBi): readonly StarRelationship[] {
  const relations = star.tables.filter((table) => table.kind === 'relation');
  const relationships = [
    ...relations.flatMap((table) => referencesOf(table, relations)),
    ...star.tables.flatMap((table) => {
      if (table.kind === 'distinct') return [between(table.of.column(table.key), table.column(table.key))];
      return table.kind === 'date' ? [between(table.of, table.column('date'))] : [];
    }),
    ...star.relationships.map(({ from, to }) => between(from, to)),
  ];
  for (const { from, to } of relationships) {
    if (to.table.kind !== 'relation' || isUnique(to.table.of, to.name)) continue;
    throw new ProjectError(
      'POWERBI_RELATIONSHIP',
      `'${from.table.name}' refers to '${to.name}' of '${to.table.name}', which is not known to be unique.`,
      { location: star.location, hint: `Make it the key of '${to.table.of.name}', or a unique() column.` },
    );
  }
  return relationships;
}

function isUnique({ key, tests, columns }: Relation, column: string): boolean {
  if (key.length === 1 && key[0] === column) return true;
  return [...tests, ...(columns[column]?.testsFor(column) ?? [])].some(
    ({ check, options }) =>
      check.type === 'unique' &&
      check.columns.length === 1 &&
      check.columns[0] === column &&
      options.where === undefined,
  );
}

function referencesOf(table: StarTable, others: readonly StarTable[]): readonly StarRelationship[] {
  return table.columns.flatMap((name) =>
    referencesFrom(table.of, name).flatMap(({ to, field }) => {
      const target = others.find((other) => other.of === to && other.columns.includes(field));
      if (!target || target === table) return [];
      const { filtersBothWays } = table;
      return [{ from: table.column(name), to: target.column(field), filtersBothWays }];
    }),
  );
}

function referencesFrom(
  { columns }: Relation,
  name: string,
): readonly { readonly to: Relation; readonly field: string }[] {
  return (columns[name]?.testsFor(name) ?? []).flatMap(({ check }) =>
    check.type === 'relationships' && check.to !== 'self' ? [{ to: check.to(), field: check.field }] : [],
  );
}

function between(from: Field, to: Field): StarRelationship {
  return { from, to, filtersBothWays: false };
}

/**
 * The column that two tables both refer to, for a filter to pass from the one to the other.
 *
 * @throws ProjectError POWERBI_AMONG if there is none, or more than one
 */
export function sharedKey(
  measured: StarTable,
  rows: StarTable,
  relationships: readonly StarRelationship[],
): Field {
  const keysOf = (table: StarTable) =>
    relationships.filter(({ from }) => from.table === table).map(({ to }) => to);
  const shared = keysOf(rows).filter((key) =>
    keysOf(measured).some(({ table, name }) => table === key.table && name === key.name),
  );
  const [only] = shared;
  if (only !== undefined && shared.length === 1) return only;
  throw new ProjectError(
    'POWERBI_AMONG',
    `A measure of '${measured.name}' is to be taken among the rows of '${rows.name}', but the two tables refer to ${shared.length} columns in common; one is needed.`,
    { location: measured.location },
  );
}
