import { notEmulated } from '../errors.js';
import type { DuckSession } from '../session.js';
import type { Cursor } from '../syntax/cursor.js';
import { createOfAccount, grant } from './account.js';
import { alterTable } from './alter-table.js';
import { alterView } from './alter-view.js';
import { comment } from './comment.js';
import { copyInto } from './copy-into.js';
import { createDatabase, createSchema } from './create-schema.js';
import { createFileFormat, createStage } from './create-stage.js';
import { createTable } from './create-table.js';
import { createView } from './create-view.js';
import { deleteFrom } from './delete.js';
import { describe } from './describe.js';
import { dropOf, truncate } from './drop.js';
import { insert } from './insert.js';
import { list } from './list-stage.js';
import { merge } from './merge.js';
import { query } from './query.js';
import { alterSession, setVariable, use } from './session-settings.js';
import { show } from './show.js';
import type { Executed, Statement } from './statement.js';
import { begin, commit, rollback } from './transaction.js';
import { update } from './update.js';

/** What CREATE says before it says what. */
export interface CreateOptions {
  readonly orReplace: boolean;
  readonly words: ReadonlySet<string>;
}

type Creator = (cursor: Cursor, session: DuckSession, options: CreateOptions) => Promise<Executed>;

const CREATORS: Readonly<Record<string, Creator>> = {
  TABLE: createTable,
  VIEW: createView,
  SCHEMA: createSchema,
  DATABASE: createDatabase,
  STAGE: createStage,
  'FILE FORMAT': createFileFormat,
  WAREHOUSE: createOfAccount('WAREHOUSE'),
  ROLE: createOfAccount('ROLE'),
  USER: createOfAccount('USER'),
  'STORAGE INTEGRATION': createOfAccount('STORAGE INTEGRATION'),
};

const STATEMENTS: Readonly<Record<string, Statement>> = {
  SELECT: query,
  WITH: query,
  VALUES: query,
  INSERT: insert,
  UPDATE: update,
  DELETE: deleteFrom,
  MERGE: merge,
  TRUNCATE: truncate,
  BEGIN: begin,
  START: begin,
  COMMIT: commit,
  ROLLBACK: rollback,
  USE: use,
  SET: setVariable,
  SHOW: show,
  DESCRIBE: describe,
  DESC: describe,
  COMMENT: comment,
  COPY: copyInto,
  LIST: list,
  LS: list,
  DROP: dropOf,
  GRANT: grant,
  REVOKE: grant,
};

/** Chooses by the first words. @throws NotEmulated for a statement that is not known. */
export async function executeStatement(cursor: Cursor, session: DuckSession): Promise<Executed> {
  if (cursor.seesOperator('(')) return query(cursor, session);
  const first = cursor.peek();
  if (first.kind !== 'name') throw cursor.unexpected();
  if (cursor.sees('SELECT') || cursor.sees('WITH') || cursor.sees('VALUES')) return query(cursor, session);
  if (session.request.describeOnly && first.value !== 'INSERT')
    throw notEmulated(`what ${first.value} would answer, without running it`, first);
  if (cursor.accept('CREATE')) return create(cursor, session);
  if (cursor.accept('ALTER', 'SESSION')) return alterSession(cursor, session);
  if (cursor.accept('ALTER', 'TABLE')) return alterTable(cursor, session);
  if (cursor.accept('ALTER', 'VIEW')) return alterView(cursor, session);
  const statement = STATEMENTS[first.value];
  if (!statement)
    throw notEmulated(
      `the statement ${first.value}${cursor.peek(1).kind === 'name' ? ` ${cursor.peek(1).value}` : ''}`,
      first,
    );
  cursor.next();
  return statement(cursor, session);
}

const ADJECTIVES = new Set([
  'TRANSIENT',
  'TEMPORARY',
  'TEMP',
  'LOCAL',
  'GLOBAL',
  'VOLATILE',
  'SECURE',
  'RECURSIVE',
]);

const TWO_WORDS = ['FILE FORMAT', 'STORAGE INTEGRATION'];

async function create(cursor: Cursor, session: DuckSession): Promise<Executed> {
  const start = cursor.peek();
  const orReplace = cursor.accept('OR', 'REPLACE');
  const words = new Set<string>();
  while (cursor.seesOneOf(ADJECTIVES)) words.add(cursor.next().value);
  const kind = TWO_WORDS.find((two) => cursor.sees(...two.split(' '))) ?? cursor.peek().value;
  const creator = CREATORS[kind];
  if (creator) {
    cursor.expect(...kind.split(' '));
    return creator(cursor, session, { orReplace, words });
  }
  throw notEmulated(`CREATE ${cursor.peek().text.toUpperCase()}`, start);
}
