import type { ResultValue } from '../../engine.js';
import type { Relation, Schema } from '../catalog/objects.js';
import { doesNotExist, notEmulated } from '../errors.js';
import { informationSchemaItself, relationsOf } from '../information-schema.js';
import type { Rows } from '../rows.js';
import type { DuckSession } from '../session.js';
import type { Cursor } from '../syntax/cursor.js';
import { BOOLEAN, number, type SqlType, text, timestamp } from '../types.js';
import { columnDataType } from './describe.js';
import { endStatement } from './end.js';
import { type Executed, type Statement, TYPE_IDS } from './statement.js';

const T = text();
const N = number(38);
const TIME = timestamp('timestamp_ltz', 3);

type Cell = readonly [name: string, type: SqlType, value: ResultValue];

/** SHOW TABLES, VIEWS, OBJECTS, SCHEMAS, DATABASES, COLUMNS, STAGES, WAREHOUSES, ROLES, GRANTS … with LIKE, IN, STARTS WITH and LIMIT. */
export const show: Statement = async (cursor, session) => {
  cursor.accept('TERSE');
  const kind = cursor.next();
  if (kind.value === 'GRANTS') return showGrants(cursor, session);
  if (cursor.sees('HISTORY')) throw notEmulated(`SHOW ${kind.value} HISTORY`, cursor.peek());
  const like = cursor.accept('LIKE') ? cursor.string() : undefined;
  const within = parseScope(cursor, session);
  const startsWith = cursor.accept('STARTS', 'WITH') ? cursor.string() : undefined;
  const limit = cursor.accept('LIMIT') ? cursor.integer() : undefined;
  if (cursor.sees('FROM')) throw notEmulated('LIMIT … FROM', cursor.peek());
  endStatement(cursor);
  const list = LISTS[kind.value];
  if (!list) throw notEmulated(`SHOW ${kind.value}`, kind);
  const nameAt = kind.value === 'COLUMNS' ? 'column_name' : 'name';
  const pattern = like === undefined ? undefined : likePattern(like);
  const all = await list(session, within);
  const nameOf = (cells: readonly Cell[]) => String(cells.find(([name]) => name === nameAt)?.[2]);
  const chosen = all.items
    .filter((cells) => (pattern?.test(nameOf(cells)) ?? true) && nameOf(cells).startsWith(startsWith ?? ''))
    .slice(0, limit);
  const rows: Rows = {
    columns: all.example.map(([name, type]) => ({ name, type })),
    rows: chosen.map((cells) => cells.map(([, , value]) => value)),
  };
  return { rows, typeId: TYPE_IDS.show };
};

/** Where to look: one schema, one database, one table (for columns), or everywhere. */
interface Where {
  readonly schemas: readonly Schema[];
  readonly table: string | undefined;
}

function parseScope(cursor: Cursor, session: DuckSession): Where {
  const { current } = session;
  const { catalog } = current;
  const everywhere = () => [...catalog.databases.values()].flatMap(({ schemas }) => [...schemas.values()]);
  const ofDatabase = (name: string) => [...catalog.database(name).schemas.values()];
  if (!cursor.accept('IN')) {
    if (current.database === null) return { schemas: everywhere(), table: undefined };
    const schemas =
      current.schema === null
        ? ofDatabase(current.database)
        : [catalog.schema(current.database, current.schema)];
    return { schemas, table: undefined };
  }
  if (cursor.accept('ACCOUNT')) return { schemas: everywhere(), table: undefined };
  if (cursor.accept('DATABASE'))
    return {
      schemas: ofDatabase(cursor.peek().kind === 'end' ? current.database! : cursor.name()),
      table: undefined,
    };
  if (cursor.accept('TABLE') || cursor.accept('VIEW')) {
    const address = current.address(cursor.qualifiedName());
    if (!current.find(address))
      throw doesNotExist('Table', `${address.database}.${address.schema}.${address.name}`);
    return { schemas: [current.schemaOf(address)], table: address.name };
  }
  cursor.accept('SCHEMA');
  const name = cursor.qualifiedName();
  const { database, schema } = current.address({ ...name, parts: [...name.parts, ''] });
  return { schemas: [catalog.schema(database, schema)], table: undefined };
}

/** SHOW GRANTS TO ROLE: privileges are not emulated, so every role owns every database and schema. */
async function showGrants(cursor: Cursor, { current }: DuckSession): Promise<Executed> {
  const to = cursor.peek();
  if (!cursor.accept('TO', 'ROLE')) throw notEmulated('SHOW GRANTS other than TO ROLE', to);
  const role = cursor.name();
  endStatement(cursor);
  const owned = [...current.catalog.databases.values()].flatMap(({ name, schemas }) => [
    ['DATABASE', name],
    ...[...schemas.keys()].map((schema) => ['SCHEMA', `${name}.${schema}`]),
  ]);
  const columns = ['privilege', 'granted_on', 'name', 'granted_to', 'grantee_name'];
  return {
    rows: {
      columns: columns.map((name) => ({ name, type: T })),
      rows: owned.map(([on = '', name = '']) => ['OWNERSHIP', on, name, 'ROLE', role]),
    },
    typeId: TYPE_IDS.show,
  };
}

/** `%` and `_`, without regard to case. */
function likePattern(like: string): RegExp {
  const source = like
    .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    .replaceAll('%', '.*')
    .replaceAll('_', '.');
  return new RegExp(`^${source.replace(/\\\\\./g, '_')}$`, 'is');
}

interface Listed {
  /** Names and types, for the case that there is nothing. */
  readonly example: readonly Cell[];
  readonly items: readonly (readonly Cell[])[];
}

type List = (session: DuckSession, where: Where) => Promise<Listed>;

function listed<T>(items: readonly T[], cells: (item: T | undefined) => readonly Cell[]): Listed {
  return { example: cells(undefined), items: items.map(cells) };
}

interface Counted {
  readonly schema: Schema;
  readonly name: string;
  readonly relation: Relation;
  readonly rows: bigint | null;
}

async function counted(
  session: DuckSession,
  { schemas }: Where,
  keep: (relation: Relation) => boolean,
): Promise<readonly Counted[]> {
  const found = schemas
    .flatMap((schema) => relationsOf(session, schema))
    .filter(({ relation }) => keep(relation));
  const tables = found.flatMap(({ relation }) => (relation.kind === 'table' ? [relation.physical] : []));
  if (tables.length === 0) return found.map((one) => ({ ...one, rows: null }));
  const counts = await session.rows({
    sql: tables.map((table) => `select '${table}', (select count(*) from ${table})`).join(' union all '),
    columns: [
      { name: 'table', type: T },
      { name: 'rows', type: N },
    ],
  });
  const byTable = new Map(counts.rows.map(([table, rows]) => [table, rows as bigint]));
  return found.map((one) => ({
    ...one,
    rows: one.relation.kind === 'table' ? (byTable.get(one.relation.physical) ?? null) : null,
  }));
}

function kindOf(relation: Relation | undefined): string {
  if (relation?.kind !== 'table') return 'VIEW';
  return relation.durability === 'permanent' ? 'TABLE' : relation.durability.toUpperCase();
}

const place = (item: Counted | undefined): readonly Cell[] => [
  ['created_on', TIME, item?.relation.created ?? null],
  ['name', T, item?.name ?? null],
  ['database_name', T, item?.schema.database ?? null],
  ['schema_name', T, item?.schema.name ?? null],
];

const clusterBy = (item: Counted | undefined): string =>
  item?.relation.kind === 'table' ? item.relation.clusterBy : '';

const tableCells = (item: Counted | undefined): readonly Cell[] => [
  ...place(item),
  ['kind', T, kindOf(item?.relation)],
  ['comment', T, item?.relation.comment ?? ''],
  ['cluster_by', T, clusterBy(item)],
  ['rows', N, item?.rows ?? null],
  ['bytes', N, null],
  ['owner', T, 'SYSADMIN'],
  ['retention_time', T, '1'],
];

const viewCells = (item: Counted | undefined): readonly Cell[] => {
  const view = item?.relation.kind === 'view' ? item.relation : undefined;
  const [created, name, database, schema] = place(item);
  return [
    created!,
    name!,
    ['reserved', T, ''],
    database!,
    schema!,
    ['owner', T, 'SYSADMIN'],
    ['comment', T, view?.comment ?? ''],
    ['text', T, view?.text ?? ''],
    ['is_secure', T, String(view?.secure ?? false)],
    ['is_materialized', T, 'false'],
  ];
};

const schemas: List = async (session, { schemas: found }) => {
  const databases = new Set(found.map(({ database }) => database));
  const { catalog } = session.current;
  const all = [...databases].flatMap((name) => {
    const database = catalog.database(name);
    return [informationSchemaItself(name, database.created), ...database.schemas.values()];
  });
  return listed(all, (schema) => [
    ['created_on', TIME, schema?.created ?? null],
    ['name', T, schema?.name ?? null],
    ['is_default', T, 'N'],
    [
      'is_current',
      T,
      schema && session.current.database === schema.database && session.current.schema === schema.name
        ? 'Y'
        : 'N',
    ],
    ['database_name', T, schema?.database ?? null],
    ['owner', T, 'SYSADMIN'],
    ['comment', T, schema?.comment ?? ''],
    ['options', T, schema?.transient ? 'TRANSIENT' : ''],
    ['retention_time', T, '1'],
  ]);
};

const databases: List = async (session) =>
  listed([...session.current.catalog.databases.values()], (database) => [
    ['created_on', TIME, database?.created ?? null],
    ['name', T, database?.name ?? null],
    ['is_default', T, 'N'],
    ['is_current', T, database?.name === session.current.database ? 'Y' : 'N'],
    ['origin', T, ''],
    ['owner', T, 'SYSADMIN'],
    ['comment', T, database?.comment ?? ''],
    ['options', T, ''],
    ['retention_time', T, '1'],
    ['kind', T, 'STANDARD'],
  ]);

const columns: List = async (session, { schemas: found, table }) => {
  const relations = found
    .flatMap((schema) => relationsOf(session, schema))
    .filter(({ name }) => table === undefined || name === table);
  const all = relations.flatMap((stored) => stored.relation.columns.map((column) => ({ ...stored, column })));
  return listed(all, (item) => [
    ['table_name', T, item?.name ?? null],
    ['schema_name', T, item?.schema.name ?? null],
    ['column_name', T, item?.column.name ?? null],
    ['data_type', T, item ? columnDataType(item.column) : null],
    ['null?', T, item && 'nullable' in item.column && !item.column.nullable ? 'NOT_NULL' : 'true'],
    ['default', T, item && 'default' in item.column ? (item.column.default ?? '') : ''],
    ['kind', T, 'COLUMN'],
    ['expression', T, ''],
    ['comment', T, item?.column.comment ?? ''],
    ['database_name', T, item?.schema.database ?? null],
    ['autoincrement', T, ''],
  ]);
};

const stages: List = async (_, { schemas: found }) =>
  listed(
    found.flatMap((schema) => [...schema.stages.values()].map((stage) => ({ schema, stage }))),
    (item) => [
      ['created_on', TIME, item?.stage.created ?? null],
      ['name', T, item?.stage.name ?? null],
      ['database_name', T, item?.schema.database ?? null],
      ['schema_name', T, item?.schema.name ?? null],
      ['url', T, item?.stage.url ?? ''],
      ['has_credentials', T, 'N'],
      ['comment', T, item?.stage.comment ?? ''],
      ['type', T, item?.stage.url === undefined ? 'INTERNAL' : 'EXTERNAL'],
    ],
  );

const parameters: List = async (session) =>
  listed([...session.current.parameters], (item) => [
    ['key', T, item?.[0] ?? null],
    ['value', T, item === undefined ? null : String(item[1])],
    ['name', T, item?.[0] ?? null],
    ['is_set', BOOLEAN, true],
  ]);

const ofAccount =
  (kind: string, more: readonly Cell[] = []): List =>
  async (session) =>
    listed([...session.current.catalog.ofAccount(kind).keys()], (name) => [
      ['name', T, name ?? null],
      ...more,
    ]);

const LISTS: Readonly<Record<string, List>> = {
  TABLES: async (session, where) =>
    listed(await counted(session, where, ({ kind }) => kind === 'table'), tableCells),
  VIEWS: async (session, where) =>
    listed(await counted(session, where, ({ kind }) => kind === 'view'), viewCells),
  OBJECTS: async (session, where) => listed(await counted(session, where, () => true), tableCells),
  SCHEMAS: schemas,
  DATABASES: databases,
  COLUMNS: columns,
  STAGES: stages,
  PARAMETERS: parameters,
  WAREHOUSES: ofAccount('WAREHOUSE', [
    ['state', T, 'STARTED'],
    ['type', T, 'STANDARD'],
    ['size', T, 'X-Small'],
    ['auto_resume', T, 'true'],
  ]),
  ROLES: ofAccount('ROLE'),
  USERS: ofAccount('USER'),
  INTEGRATIONS: ofAccount('STORAGE INTEGRATION', [
    ['type', T, 'EXTERNAL_STAGE'],
    ['enabled', T, 'true'],
  ]),
};
