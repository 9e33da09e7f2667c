import { alreadyExists } from '../errors.js';
import type { DuckSession } from '../session.js';
import type { Cursor } from '../syntax/cursor.js';
import type { CreateOptions } from './dispatch.js';
import { endStatement } from './end.js';
import { ifNotExists } from './properties.js';
import { type Executed, type Statement, status } from './statement.js';

/** GRANT and REVOKE run, so that a bootstrap script does, and change nothing: privileges are not emulated. */
export const grant: Statement = async (cursor, session) => {
  skipToEnd(cursor);
  return session.ddl([], async () => status('Statement executed successfully.'));
};

/** CREATE WAREHOUSE, ROLE, USER and STORAGE INTEGRATION: their names are kept, what they are set to is not looked at. */
export function createOfAccount(kind: string) {
  return async (cursor: Cursor, session: DuckSession, { orReplace }: CreateOptions): Promise<Executed> => {
    const conditional = ifNotExists(cursor);
    const name = cursor.name();
    const from = cursor.peek();
    skipToEnd(cursor);
    const known = session.current.catalog.ofAccount(kind);
    return session.ddl([], async () => {
      if (known.has(name) && conditional) return status(`${name} already exists, statement succeeded.`);
      if (known.has(name) && !orReplace) throw alreadyExists(name);
      known.set(name, cursor.sql.slice(from.offset));
      return status(
        `${kind === 'STORAGE INTEGRATION' ? 'Integration' : label(kind)} ${name} successfully created.`,
      );
    });
  };
}

function skipToEnd(cursor: Cursor): void {
  while (!cursor.atEnd() && !cursor.seesOperator(';')) cursor.next();
  endStatement(cursor);
}

const label = (kind: string): string => `${kind[0]}${kind.slice(1).toLowerCase()}`;
