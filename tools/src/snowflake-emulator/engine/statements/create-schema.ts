import { notEmulated } from '../errors.js';
import type { DuckSession } from '../session.js';
import type { Cursor } from '../syntax/cursor.js';
import type { CreateOptions } from './dispatch.js';
import { dropRelations } from './drop.js';
import { endStatement } from './end.js';
import { ifNotExists, parseProperties } from './properties.js';
import { type Executed, status } from './statement.js';

/** CREATE SCHEMA: it becomes the session's. */
export async function createSchema(
  cursor: Cursor,
  session: DuckSession,
  options: CreateOptions,
): Promise<Executed> {
  const { current } = session;
  const conditional = ifNotExists(cursor);
  const { parts } = cursor.qualifiedName();
  const comment = commentOf(cursor, 'SCHEMA');
  endStatement(cursor);
  const name = parts.at(-1)!;
  const database = current.address({ parts: [...parts, ''], line: 1, column: 0 }).database;
  const { schemas } = current.catalog.database(database);
  const found = schemas.get(name);
  return session.ddl([], async () => {
    if (found && conditional) return status(`${name} already exists, statement succeeded.`);
    if (found && options.orReplace) {
      await dropRelations(session, found);
      schemas.delete(name);
    }
    current.catalog.createSchema(database, name, comment, options.words.has('TRANSIENT'));
    current.database = database;
    current.schema = name;
    return status(`Schema ${name} successfully created.`);
  });
}

/** CREATE DATABASE: it becomes the session's, with its schema PUBLIC. */
export async function createDatabase(
  cursor: Cursor,
  session: DuckSession,
  options: CreateOptions,
): Promise<Executed> {
  const { current } = session;
  const conditional = ifNotExists(cursor);
  const name = cursor.name();
  const comment = commentOf(cursor, 'DATABASE');
  endStatement(cursor);
  return session.ddl([], async () => {
    const found = current.catalog.databases.get(name);
    if (found && conditional) return status(`${name} already exists, statement succeeded.`);
    if (found && options.orReplace) {
      for (const schema of found.schemas.values()) await dropRelations(session, schema);
      current.catalog.databases.delete(name);
    }
    current.catalog.createDatabase(name, comment);
    current.database = name;
    current.schema = 'PUBLIC';
    return status(`Database ${name} successfully created.`);
  });
}

function commentOf(cursor: Cursor, kind: string): string {
  if (cursor.sees('CLONE')) throw notEmulated(`CREATE ${kind} … CLONE`, cursor.peek());
  if (cursor.sees('WITH', 'MANAGED')) throw notEmulated('MANAGED ACCESS', cursor.peek());
  const properties = parseProperties(cursor);
  for (const property of properties.keys())
    if (
      property !== 'COMMENT' &&
      property !== 'DATA_RETENTION_TIME_IN_DAYS' &&
      property !== 'MAX_DATA_EXTENSION_TIME_IN_DAYS'
    )
      throw notEmulated(`${property} of CREATE ${kind}`, cursor.peek());
  return String(properties.get('COMMENT') ?? '');
}
