import { alreadyExists, doesNotExist, notEmulated } from '../errors.js';
import { shownAddress } from '../state.js';
import { endStatement } from './end.js';
import { ifExists } from './properties.js';
import { type Statement, status } from './statement.js';

const DONE = status('Statement executed successfully.');

/** ALTER VIEW … RENAME TO */
export const alterView: Statement = async (cursor, session) => {
  const { current } = session;
  const conditional = ifExists(cursor);
  const address = current.address(cursor.qualifiedName());
  if (!cursor.accept('RENAME', 'TO'))
    throw notEmulated(`ALTER VIEW … ${cursor.peek().text.toUpperCase()}`, cursor.peek());
  const to = current.address(cursor.qualifiedName());
  endStatement(cursor);
  const view = current.find(address);
  if (!view && conditional) return session.ddl([], async () => DONE);
  if (view?.kind !== 'view') throw doesNotExist('View', shownAddress(address));
  return session.ddl([], async () => {
    if (current.find(to)) throw alreadyExists(shownAddress(to));
    current.schemaOf(to);
    current.remove(address);
    current.put(to, view);
    return DONE;
  });
};
