import type { Schema } from '../catalog/objects.js';
import { compilationError, doesNotExist, notEmulated } from '../errors.js';
import type { DuckSession } from '../session.js';
import { shownAddress } from '../state.js';
import { endStatement } from './end.js';
import { ifExists } from './properties.js';
import { type Statement, status } from './statement.js';

export const dropOf: Statement = async (cursor, session) => {
  const { current } = session;
  const kind = cursor.accept('FILE', 'FORMAT')
    ? 'FILE FORMAT'
    : cursor.accept('STORAGE', 'INTEGRATION')
      ? 'STORAGE INTEGRATION'
      : cursor.next().value;
  const conditional = ifExists(cursor);
  const name = cursor.qualifiedName();
  if (!cursor.accept('CASCADE') && cursor.accept('RESTRICT'))
    throw notEmulated('DROP … RESTRICT', cursor.peek());
  endStatement(cursor);
  const last = name.parts.at(-1)!;
  const dropped = status(`${last} successfully dropped.`);
  const missing = (shown: string, label: string) => {
    if (conditional) return status(`Drop statement executed successfully (${last} already dropped).`);
    throw doesNotExist(label, shown);
  };
  switch (kind) {
    case 'TABLE':
    case 'VIEW': {
      const address = current.address(name);
      const label = kind === 'TABLE' ? 'Table' : 'View';
      const found = current.find(address);
      if (found && found.kind !== kind.toLowerCase())
        throw compilationError(
          '002203',
          '42710',
          `Object found is of type '${found.kind.toUpperCase()}', not specified type '${kind}'.`,
        );
      return session.ddl(found?.kind === 'table' ? [found.physical] : [], async () => {
        if (!found) return missing(shownAddress(address), label);
        current.remove(address);
        if (found.kind === 'table') await session.run(`drop table ${found.physical}`);
        return dropped;
      });
    }
    case 'SCHEMA': {
      const { database } = current.address({ ...name, parts: [...name.parts, ''] });
      return session.ddl([], async () => {
        const found = current.catalog.databases.get(database)?.schemas.get(last);
        if (!found) return missing(`${database}.${last}`, 'Schema');
        await dropRelations(session, found);
        current.catalog.database(database).schemas.delete(last);
        if (current.database === database && current.schema === last) current.schema = null;
        return dropped;
      });
    }
    case 'DATABASE':
      return session.ddl([], async () => {
        const found = current.catalog.databases.get(last);
        if (!found) return missing(last, 'Database');
        for (const schema of found.schemas.values()) await dropRelations(session, schema);
        current.catalog.databases.delete(last);
        if (current.database === last) [current.database, current.schema] = [null, null];
        return dropped;
      });
    case 'STAGE':
    case 'FILE FORMAT': {
      const address = current.address(name);
      return session.ddl([], async () => {
        const schema = current.schemaOf(address);
        const [own, shared] =
          kind === 'STAGE'
            ? [current.temporaryStages, schema.stages]
            : [current.temporaryFormats, schema.formats];
        return own.delete(shownAddress(address)) || shared.delete(last)
          ? dropped
          : missing(shownAddress(address), kind === 'STAGE' ? 'Stage' : 'File format');
      });
    }
    case 'WAREHOUSE':
    case 'ROLE':
    case 'USER':
    case 'STORAGE INTEGRATION':
      return session.ddl([], async () =>
        current.catalog.ofAccount(kind).delete(last) ? dropped : missing(last, 'Object'),
      );
    default:
      throw notEmulated(`DROP ${kind}`);
  }
};

/** Lets go of all tables of a schema, temporary ones of this session among them. */
export async function dropRelations(session: DuckSession, schema: Schema): Promise<void> {
  const prefix = `${schema.database}.${schema.name}.`;
  for (const relation of schema.relations.values())
    if (relation.kind === 'table') await session.run(`drop table ${relation.physical}`);
  for (const [address, relation] of session.current.temporary) {
    if (!address.startsWith(prefix)) continue;
    session.current.temporary.delete(address);
    if (relation.kind === 'table') await session.run(`drop table ${relation.physical}`);
  }
}

/** TRUNCATE forgets the load history, and commits as DDL does. */
export const truncate: Statement = async (cursor, session) => {
  cursor.accept('TABLE');
  const conditional = ifExists(cursor);
  const name = cursor.qualifiedName();
  endStatement(cursor);
  const address = session.current.address(name);
  const table = session.current.find(address);
  if (table?.kind !== 'table') {
    if (conditional && !table) return session.ddl([], async () => status('Statement executed successfully.'));
    throw doesNotExist('Table', shownAddress(address));
  }
  return session.ddl([table.physical], async () => {
    await session.run(`delete from ${table.physical}`);
    table.loads = new Map();
    return status('Statement executed successfully.');
  });
};
