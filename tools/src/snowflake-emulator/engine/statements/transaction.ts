import { endStatement } from './end.js';
import { type Statement, status, TYPE_IDS } from './statement.js';

const DONE = 'Statement executed successfully.';

/** BEGIN inside of a transaction changes nothing. */
export const begin: Statement = async (cursor, session) => {
  if (!cursor.accept('TRANSACTION')) cursor.accept('WORK');
  if (cursor.accept('NAME')) cursor.name();
  endStatement(cursor);
  session.begin();
  return status(DONE, TYPE_IDS.transaction);
};

export const commit: Statement = async (cursor, session) => {
  cursor.accept('WORK');
  endStatement(cursor);
  await session.commit();
  return status(DONE, TYPE_IDS.transaction);
};

export const rollback: Statement = async (cursor, session) => {
  cursor.accept('WORK');
  endStatement(cursor);
  await session.rollback();
  return status(DONE, TYPE_IDS.transaction);
};
