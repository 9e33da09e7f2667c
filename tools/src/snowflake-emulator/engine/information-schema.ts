import type { ResultValue } from '../engine.js';
import type { BoundRelation } from './bind/context.js';
import type { Relation, Schema } from './catalog/objects.js';
import { doesNotExist, notEmulated } from './errors.js';
import { asRelation, type RowColumn } from './rows.js';
import type { DuckSession } from './session.js';
import { type Address, shownAddress } from './state.js';
import { isTimestamp, number, plainTypeName, type SqlType, text, timestamp } from './types.js';

interface StoredRelation {
  readonly schema: Schema;
  readonly name: string;
  readonly relation: Relation;
}

const T = text();
const N = number(38);
const TIME = timestamp('timestamp_ltz');
const YES_NO = (is: boolean): string => (is ? 'YES' : 'NO');

const RELATION: readonly (readonly [string, SqlType, (item: StoredRelation) => ResultValue])[] = [
  ['TABLE_CATALOG', T, ({ schema }) => schema.database],
  ['TABLE_SCHEMA', T, ({ schema }) => schema.name],
  ['TABLE_NAME', T, ({ name }) => name],
];

const TABLES: typeof RELATION = [
  ...RELATION,
  ['TABLE_OWNER', T, () => 'SYSADMIN'],
  ['TABLE_TYPE', T, ({ relation }) => tableType(relation)],
  [
    'IS_TRANSIENT',
    T,
    ({ relation }) => (relation.kind === 'table' ? YES_NO(relation.durability === 'transient') : null),
  ],
  [
    'CLUSTERING_KEY',
    T,
    ({ relation }) => (relation.kind === 'table' && relation.clusterBy !== '' ? relation.clusterBy : null),
  ],
  ['BYTES', N, () => null],
  ['CREATED', TIME, ({ relation }) => relation.created],
  ['COMMENT', T, ({ relation }) => (relation.comment === '' ? null : relation.comment)],
];

const VIEWS: typeof RELATION = [
  ...RELATION,
  ['TABLE_OWNER', T, () => 'SYSADMIN'],
  ['VIEW_DEFINITION', T, ({ relation }) => (relation.kind === 'view' ? relation.text : null)],
  ['IS_SECURE', T, ({ relation }) => YES_NO(relation.kind === 'view' && relation.secure)],
  ['CREATED', TIME, ({ relation }) => relation.created],
  ['COMMENT', T, ({ relation }) => (relation.comment === '' ? null : relation.comment)],
];

type StoredColumn = StoredRelation & { readonly ordinal: number; readonly column: ColumnOf };
interface ColumnOf {
  readonly name: string;
  readonly type: SqlType;
  readonly nullable?: boolean;
  readonly default?: string | undefined;
  readonly comment: string | undefined;
}

const COLUMNS: readonly (readonly [string, SqlType, (item: StoredColumn) => ResultValue])[] = [
  ...RELATION,
  ['COLUMN_NAME', T, ({ column }) => column.name],
  ['ORDINAL_POSITION', N, ({ ordinal }) => BigInt(ordinal)],
  ['COLUMN_DEFAULT', T, ({ column }) => column.default ?? null],
  ['IS_NULLABLE', T, ({ column }) => YES_NO(column.nullable ?? true)],
  ['DATA_TYPE', T, ({ column }) => plainTypeName(column.type)],
  [
    'CHARACTER_MAXIMUM_LENGTH',
    N,
    ({ column: { type } }) => (type.type === 'text' ? BigInt(type.length) : null),
  ],
  [
    'NUMERIC_PRECISION',
    N,
    ({ column: { type } }) => (type.type === 'number' ? BigInt(type.precision) : null),
  ],
  ['NUMERIC_SCALE', N, ({ column: { type } }) => (type.type === 'number' ? BigInt(type.scale) : null)],
  [
    'DATETIME_PRECISION',
    N,
    ({ column: { type } }) => (isTimestamp(type) || type.type === 'time' ? BigInt(type.scale) : null),
  ],
  ['COMMENT', T, ({ column }) => column.comment ?? null],
];

const SCHEMATA: readonly (readonly [string, SqlType, (item: Schema) => ResultValue])[] = [
  ['CATALOG_NAME', T, ({ database }) => database],
  ['SCHEMA_NAME', T, ({ name }) => name],
  ['SCHEMA_OWNER', T, () => 'SYSADMIN'],
  ['IS_TRANSIENT', T, ({ transient }) => YES_NO(transient)],
  ['CREATED', TIME, ({ created }) => created],
  ['COMMENT', T, ({ comment }) => (comment === '' ? null : comment)],
];

/**
 * A view of INFORMATION_SCHEMA, of the database it is asked in. BYTES is null, as SHOW has it: nobody counts them. ROW_COUNT is
 * left out: whoever names it is told so. @throws SnowflakeError 002003; NotEmulated for a view that is not here.
 */
export function informationSchema(address: Address, session: DuckSession): BoundRelation {
  const { current } = session;
  const database = current.catalog.database(address.database);
  const schemas = [...database.schemas.values()];
  const path = [address.database, address.schema, address.name];
  const relations = schemas.flatMap((schema) => relationsOf(session, schema));
  switch (address.name) {
    case 'TABLES':
      return listing(TABLES, relations, path);
    case 'VIEWS':
      return listing(
        VIEWS,
        relations.filter(({ relation }) => relation.kind === 'view'),
        path,
      );
    case 'COLUMNS':
      return listing(COLUMNS, relations.flatMap(columnsOf), path);
    case 'SCHEMATA':
      return listing(SCHEMATA, [...schemas, informationSchemaItself(database.name, database.created)], path);
    default:
      if (/^[A-Z_]+$/.test(address.name)) throw notEmulated(`INFORMATION_SCHEMA.${address.name}`);
      throw doesNotExist('Object', shownAddress(address));
  }
}

/** The relations of a schema as a session sees them: its temporary tables hide others. */
export function relationsOf(session: DuckSession, schema: Schema): readonly StoredRelation[] {
  const prefix = `${schema.database}.${schema.name}.`;
  const own = [...session.current.temporary].filter(([address]) => address.startsWith(prefix));
  const all = new Map([
    ...schema.relations,
    ...own.map(([address, relation]) => [address.slice(prefix.length), relation] as const),
  ]);
  return [...all]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, relation]) => ({ schema, name, relation }));
}

function columnsOf(stored: StoredRelation): readonly StoredColumn[] {
  return (stored.relation.columns as readonly ColumnOf[]).map((column, index) => ({
    ...stored,
    column,
    ordinal: index + 1,
  }));
}

function tableType(relation: Relation): string {
  if (relation.kind === 'view') return 'VIEW';
  return relation.durability === 'temporary' ? 'LOCAL TEMPORARY' : 'BASE TABLE';
}

export function informationSchemaItself(database: string, created: bigint): Schema {
  return {
    name: 'INFORMATION_SCHEMA',
    database,
    created,
    transient: false,
    comment: 'Views describing the contents of schemas in this database',
    relations: new Map(),
    stages: new Map(),
    formats: new Map(),
  };
}

function listing<T>(
  columns: readonly (readonly [string, SqlType, (item: T) => ResultValue])[],
  items: readonly T[],
  path: readonly string[],
): BoundRelation {
  const named: readonly RowColumn[] = columns.map(([name, type]) => ({ name, type }));
  return asRelation(
    { columns: named, rows: items.map((item) => columns.map(([, , value]) => value(item))) },
    path,
  );
}
