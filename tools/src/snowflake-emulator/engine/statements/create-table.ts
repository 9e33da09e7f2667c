import { bindQuery } from '../bind/query.js';
import type { BoundQuery } from '../bind/typed.js';
import type { Column, Durability } from '../catalog/objects.js';
import { alreadyExists, compilationError, doesNotExist, notEmulated } from '../errors.js';
import type { DuckSession } from '../session.js';
import { shownAddress } from '../state.js';
import type { QualifiedName } from '../syntax/ast.js';
import type { Cursor } from '../syntax/cursor.js';
import { parseExpression } from '../syntax/parse-expression.js';
import { parseQuery } from '../syntax/parse-query.js';
import { type ColumnDefinition, parseColumns } from './column-definitions.js';
import type { CreateOptions } from './dispatch.js';
import { endStatement } from './end.js';
import { asColumn, makeTable } from './new-table.js';
import { ifNotExists, parseComment } from './properties.js';
import { type Executed, status } from './statement.js';

/** CREATE TABLE: by columns, AS a query, LIKE or CLONE another one. A table that is replaced stays until the new one stands. */
export async function createTable(
  cursor: Cursor,
  session: DuckSession,
  { orReplace, words }: CreateOptions,
): Promise<Executed> {
  const { current } = session;
  let conditional = ifNotExists(cursor);
  const name = cursor.qualifiedName();
  conditional ||= ifNotExists(cursor);
  const source = cursor.accept('LIKE') ? 'LIKE' : cursor.accept('CLONE') ? 'CLONE' : undefined;
  const model = source && cursor.qualifiedName();
  if (model && (cursor.sees('AT') || cursor.sees('BEFORE')))
    throw notEmulated('CLONE at another time', cursor.peek());
  const definitions = !model && cursor.seesOperator('(') ? parseColumns(cursor) : undefined;
  const { comment, clusterBy } = parseOptions(cursor);
  const select = !model && cursor.accept('AS') ? parseQuery(cursor) : undefined;
  endStatement(cursor);
  if (!model && !select && !definitions) throw cursor.unexpected();

  const address = current.address(name);
  current.schemaOf(address);
  const found = current.find(address);
  const query = select && bindQuery(select, undefined, session.bindContext());
  const durability: Durability = words.has('TRANSIENT')
    ? 'transient'
    : [...words].some((word) => word !== 'TRANSIENT')
      ? 'temporary'
      : 'permanent';
  // a temporary table hides one that is not
  const hides = durability === 'temporary' && !(found?.kind === 'table' && found.durability === 'temporary');
  const taken = found && !hides;
  if (taken && conditional)
    return session.ddl([], async () => status(`${address.name} already exists, statement succeeded.`));
  if (taken && !orReplace) throw alreadyExists(shownAddress(address));
  if (taken && found.kind === 'view')
    throw compilationError('002083', '42710', `Object '${address.name}' already exists as VIEW`);
  const old = taken && found.kind === 'table' ? found : undefined;
  return session.ddl(old ? [old.physical] : [], async () => {
    const made = model
      ? await copyOf(session, model, source === 'CLONE', durability, comment)
      : await makeTable(
          session,
          { columns: columnsOf(definitions, query), durability, comment: comment ?? '', clusterBy },
          query,
        );
    current.put(address, made);
    if (old) await session.run(`drop table ${old.physical}`);
    return status(`Table ${address.name} successfully created.`);
  });
}

function parseOptions(cursor: Cursor): { comment: string | undefined; clusterBy: string } {
  let [comment, clusterBy]: [string | undefined, string] = [undefined, ''];
  for (;;) {
    if (cursor.sees('COMMENT')) comment = parseComment(cursor);
    else if (cursor.accept('CLUSTER', 'BY')) clusterBy = parseClusterBy(cursor);
    else if (cursor.accept('COPY', 'GRANTS')) continue;
    else if (
      cursor.accept('DATA_RETENTION_TIME_IN_DAYS') ||
      cursor.accept('MAX_DATA_EXTENSION_TIME_IN_DAYS')
    ) {
      cursor.expectOperator('=');
      cursor.integer();
    } else if (cursor.accept('CHANGE_TRACKING')) {
      cursor.expectOperator('=');
      if (!cursor.accept('FALSE')) throw notEmulated('CHANGE_TRACKING', cursor.peek());
    } else return { comment, clusterBy };
  }
}

/** As SHOW TABLES has it: LINEAR(A, B). */
export function parseClusterBy(cursor: Cursor): string {
  cursor.accept('LINEAR');
  const texts = cursor.bracketed(() =>
    cursor.list(() => {
      const start = cursor.peek();
      parseExpression(cursor);
      return cursor.textFrom(start);
    }),
  );
  return `LINEAR(${texts.join(', ')})`;
}

function columnsOf(
  definitions: readonly ColumnDefinition[] | undefined,
  query: BoundQuery | undefined,
): readonly Omit<Column, 'physical'>[] {
  if (!definitions) {
    const columns = query!.columns.map(({ name, type }) => asColumn(name, type));
    requireDistinct(columns);
    return columns;
  }
  if (query && query.columns.length !== definitions.length)
    throw compilationError('002026', '42601', 'Invalid column definition list');
  const columns = definitions.map(({ type, ...column }, index) => {
    const own = type ?? query?.columns[index]?.type;
    if (!own) throw compilationError('002026', '42601', `Column '${column.name}' has no type`);
    return { ...column, type: own };
  });
  requireDistinct(columns);
  return columns;
}

function requireDistinct(columns: readonly { readonly name: string }[]): void {
  const seen = new Set<string>();
  for (const { name } of columns) {
    if (seen.has(name)) throw compilationError('002025', '42S21', `duplicate column name '${name}'`);
    seen.add(name);
  }
}

/** A clone takes rows and load history along; LIKE only the columns. */
async function copyOf(
  session: DuckSession,
  name: QualifiedName,
  withRows: boolean,
  durability: Durability,
  comment: string | undefined,
) {
  const model = session.current.relation(name);
  if (model.kind !== 'table') throw doesNotExist('Table', shownAddress(session.current.address(name)));
  if (withRows && model.durability !== 'permanent' && durability === 'permanent')
    throw compilationError('002120', '0A000', `Transient object cannot be cloned to a permanent object.`);
  const made = await makeTable(session, {
    columns: model.columns,
    durability,
    comment: comment ?? model.comment,
    clusterBy: model.clusterBy,
  });
  if (withRows) {
    const names = model.columns.map(({ physical }) => physical);
    await session.run(`insert into ${made.physical} select ${names.join(', ')} from ${model.physical}`);
    made.loads = model.loads;
  }
  return made;
}
