import { compilationError, notEmulated } from '../errors.js';
import type { Cursor } from '../syntax/cursor.js';
import { endStatement } from './end.js';
import { type Statement, status, TYPE_IDS } from './statement.js';

/** Formats of times as DuckDB writes them. */
const TIME_FORMATS: Readonly<Record<string, string>> = {
  'YYYY-MM-DD HH24:MI:SS.FF3': '%Y-%m-%d %H:%M:%S.%g',
  'YYYY-MM-DD HH24:MI:SS.FF6': '%Y-%m-%d %H:%M:%S.%f',
};

const DONE = 'Statement executed successfully.';

/** Parameters that change nothing here, or that the engine heeds. */
const KNOWN: ReadonlySet<string> = new Set(
  `AUTOCOMMIT LOCK_TIMEOUT QUERY_TAG TIMEZONE STATEMENT_TIMEOUT_IN_SECONDS STATEMENT_QUEUED_TIMEOUT_IN_SECONDS ABORT_DETACHED_QUERY
  CLIENT_SESSION_KEEP_ALIVE CLIENT_SESSION_KEEP_ALIVE_HEARTBEAT_FREQUENCY USE_CACHED_RESULT`.split(/\s+/),
);
/** Parameters that have one value here. */
const FIXED: Readonly<Record<string, string>> = {
  TIMESTAMP_TYPE_MAPPING: 'TIMESTAMP_NTZ',
  WEEK_START: '0',
  WEEK_OF_YEAR_POLICY: '0',
  QUOTED_IDENTIFIERS_IGNORE_CASE: 'false',
  ERROR_ON_NONDETERMINISTIC_MERGE: 'true',
  ERROR_ON_NONDETERMINISTIC_UPDATE: 'true',
  DATE_OUTPUT_FORMAT: 'YYYY-MM-DD',
  TIME_OUTPUT_FORMAT: 'HH24:MI:SS.FF9',
  BINARY_OUTPUT_FORMAT: 'HEX',
  MULTI_STATEMENT_COUNT: '1',
};

export const alterSession: Statement = async (cursor, session) => {
  const { parameters } = session.current;
  if (cursor.accept('UNSET')) {
    for (const name of cursor.list(() => cursor.name())) parameters.delete(name);
    endStatement(cursor);
    return status(DONE, TYPE_IDS.session);
  }
  cursor.expect('SET');
  const settings: (readonly [string, string | number | boolean])[] = [];
  while (cursor.peek().kind === 'name') {
    const { value: name, line, column } = cursor.next();
    cursor.expectOperator('=');
    const value = constant(cursor);
    cursor.acceptOperator(',');
    if (name === 'TIMESTAMP_NTZ_OUTPUT_FORMAT') {
      const format = TIME_FORMATS[String(value)];
      if (format === undefined) throw notEmulated(`${name} = ${value}`, { line, column });
      await session.run(`set variable sf_ntz_format = '${format}'`);
      settings.push([name, value]);
      continue;
    }
    const fixed = FIXED[name];
    if (!KNOWN.has(name) && fixed === undefined)
      throw notEmulated(`the session parameter ${name}`, { line, column });
    if (fixed !== undefined && String(value).toLowerCase() !== fixed.toLowerCase())
      throw notEmulated(`${name} = ${value}`, { line, column });
    settings.push([name, value]);
  }
  endStatement(cursor);
  for (const [name, value] of settings) parameters.set(name, value);
  return status(DONE, TYPE_IDS.session);
};

function constant(cursor: Cursor): string | number | boolean {
  const token = cursor.next();
  if (token.kind === 'string') return token.value;
  if (token.kind === 'number') return Number(token.text);
  if (token.kind === 'name')
    return token.value === 'TRUE' ? true : token.value === 'FALSE' ? false : token.value;
  throw compilationError('001003', '42000', `unexpected '${token.text}'`, token);
}

/** SET name = constant */
export const setVariable: Statement = async (cursor, session) => {
  const name = cursor.name();
  cursor.expectOperator('=');
  const value = String(constant(cursor));
  endStatement(cursor);
  session.current.variables.set(name, value);
  return status(DONE, TYPE_IDS.session);
};

export const use: Statement = async (cursor, session) => {
  const { current } = session;
  const kind = ['ROLE', 'WAREHOUSE', 'DATABASE', 'SCHEMA'].find((word) => cursor.accept(word));
  if (cursor.sees('SECONDARY')) throw notEmulated('USE SECONDARY ROLES', cursor.peek());
  const { parts } = cursor.qualifiedName();
  endStatement(cursor);
  const name = parts.at(-1)!;
  const known = (found: unknown) => {
    if (!found)
      throw compilationError('002043', '02000', 'Object does not exist, or operation cannot be performed.');
  };
  if (kind === 'ROLE' || kind === 'WAREHOUSE') {
    known(current.catalog.ofAccount(kind).has(name));
    current[kind === 'ROLE' ? 'role' : 'warehouse'] = name;
  } else if (kind === 'DATABASE' || (kind === undefined && parts.length === 1)) {
    known(current.catalog.databases.has(name));
    current.database = name;
    current.schema = current.catalog.database(name).schemas.has('PUBLIC') ? 'PUBLIC' : null;
  } else {
    const database = parts.length > 1 ? parts[0]! : current.database;
    known(database !== null && current.catalog.databases.get(database)?.schemas.has(name));
    current.database = database;
    current.schema = name;
  }
  return status(DONE, TYPE_IDS.use);
};
