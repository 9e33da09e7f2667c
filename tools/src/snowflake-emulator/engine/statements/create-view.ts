import { bindQuery } from '../bind/query.js';
import { nowNanos } from '../catalog/catalog.js';
import { alreadyExists, compilationError, notEmulated } from '../errors.js';
import type { DuckSession } from '../session.js';
import { shownAddress } from '../state.js';
import type { Cursor } from '../syntax/cursor.js';
import { parseQuery } from '../syntax/parse-query.js';
import type { CreateOptions } from './dispatch.js';
import { endStatement } from './end.js';
import { ifNotExists, parseComment } from './properties.js';
import { type Executed, status } from './statement.js';

/** CREATE VIEW: its query is bound at once, and anew at every use. */
export async function createView(
  cursor: Cursor,
  session: DuckSession,
  { orReplace, words }: CreateOptions,
): Promise<Executed> {
  const { current } = session;
  for (const word of words) if (word !== 'SECURE') throw notEmulated(`CREATE ${word} VIEW`, cursor.peek());
  const conditional = ifNotExists(cursor);
  const name = cursor.qualifiedName();
  const list = cursor.seesOperator('(')
    ? cursor.bracketed(() => cursor.list(() => ({ name: cursor.name(), comment: parseComment(cursor) })))
    : undefined;
  let comment = '';
  while (cursor.sees('COMMENT') || cursor.sees('COPY')) {
    if (cursor.accept('COPY')) cursor.expect('GRANTS');
    else comment = parseComment(cursor) ?? '';
  }
  cursor.expect('AS');
  const start = cursor.peek();
  const query = parseQuery(cursor);
  const queryText = cursor.textFrom(start);
  endStatement(cursor);

  const address = current.address(name);
  const schema = current.schemaOf(address);
  const found = current.find(address);
  const { columns: bound } = bindQuery(
    query,
    undefined,
    session.bindContext(address.database, address.schema),
  );
  if (list && list.length !== bound.length)
    throw compilationError('002026', '42601', 'Invalid column definition list');
  const columns = bound.map((column, index) => ({
    ...column,
    name: list?.[index]?.name ?? column.name,
    comment: list?.[index]?.comment,
  }));
  const twice = columns.find(
    (column, index) => columns.findIndex((other) => other.name === column.name) < index,
  );
  if (twice) throw compilationError('002025', '42S21', `duplicate column name '${twice.name}'`);
  return session.ddl([], async () => {
    if (found && conditional) return status(`${address.name} already exists, statement succeeded.`);
    if (found && (!orReplace || found.kind === 'table')) throw alreadyExists(shownAddress(address));
    schema.relations.set(address.name, {
      kind: 'view',
      query: queryText,
      text: cursor.sql,
      database: address.database,
      schema: address.schema,
      created: nowNanos(),
      secure: words.has('SECURE'),
      columns,
      comment,
    });
    return status(`View ${address.name} successfully created.`);
  });
}
