import { doesNotExist, notEmulated } from '../errors.js';
import { shownAddress } from '../state.js';
import { endStatement } from './end.js';
import { ifExists } from './properties.js';
import { type Statement, status } from './statement.js';

/** COMMENT ON TABLE, VIEW, COLUMN, SCHEMA or DATABASE. */
export const comment: Statement = async (cursor, session) => {
  const { current } = session;
  const conditional = ifExists(cursor);
  cursor.expect('ON');
  const kind = cursor.next();
  const name = cursor.qualifiedName();
  cursor.expect('IS');
  const text = cursor.string();
  endStatement(cursor);
  const found = (): boolean => {
    switch (kind.value) {
      case 'TABLE':
      case 'VIEW': {
        const relation = current.find(current.address(name));
        if (relation?.kind !== kind.value.toLowerCase()) return false;
        relation.comment = text;
        return true;
      }
      case 'COLUMN': {
        const table = current.relation({ ...name, parts: name.parts.slice(0, -1) });
        if (table.kind !== 'table') throw notEmulated('comments on the columns of a view', kind);
        const column = table.columns.find((one) => one.name === name.parts.at(-1));
        table.columns = table.columns.map((one) => (one === column ? { ...one, comment: text } : one));
        return column !== undefined;
      }
      case 'SCHEMA': {
        const { database, schema } = current.address({ ...name, parts: [...name.parts, ''] });
        current.catalog.schema(database, schema).comment = text;
        return true;
      }
      case 'DATABASE':
        current.catalog.database(name.parts[0]!).comment = text;
        return true;
      default:
        throw notEmulated(`COMMENT ON ${kind.value}`, kind);
    }
  };
  return session.ddl([], async () => {
    if (!found() && !conditional)
      throw doesNotExist(
        'Object',
        kind.value === 'COLUMN' ? name.parts.join('.') : shownAddress(current.address(name)),
      );
    return status('Statement executed successfully.');
  });
};
