import { mostFields } from '../copy/staged-rows.js';
import { notEmulated } from '../errors.js';
import type { QualifiedName, Query } from '../syntax/ast.js';
import type { Cursor } from '../syntax/cursor.js';
import { parseQuery } from '../syntax/parse-query.js';
import { type Properties, parseProperties } from './properties.js';

export interface Copy {
  readonly into: QualifiedName;
  readonly columns: readonly string[] | undefined;
  /** Behind the `@`. */
  readonly path: string;
  readonly query: Query | undefined;
  readonly options: Properties;
  /** The largest $n of the query. */
  readonly width: number;
}

const KNOWN = new Set([
  'FILES',
  'PATTERN',
  'FILE_FORMAT',
  'ON_ERROR',
  'FORCE',
  'PURGE',
  'TRUNCATECOLUMNS',
  'ENFORCE_LENGTH',
  'RETURN_FAILED_ONLY',
  'LOAD_UNCERTAIN_FILES',
]);

export function parseCopy(cursor: Cursor): Copy {
  cursor.expect('INTO');
  if (cursor.peek().kind === 'stage') throw cursor.refuse('COPY INTO a stage');
  const into = cursor.qualifiedName();
  const columns = cursor.seesOperator('(') ? cursor.names() : undefined;
  cursor.expect('FROM');
  const start = cursor.peek();
  const query = cursor.seesOperator('(') ? cursor.bracketed(() => parseQuery(cursor)) : undefined;
  const path = query ? stageOf(query, cursor) : stageToken(cursor);
  const place = cursor.peek();
  const inside = cursor.sql.slice(start.offset, place.offset);
  const options = parseProperties(cursor);
  for (const name of options.keys()) if (!KNOWN.has(name)) throw notEmulated(`${name} of COPY INTO`, place);
  for (const [name, only] of [
    ['TRUNCATECOLUMNS', 'FALSE'],
    ['ENFORCE_LENGTH', 'TRUE'],
    ['RETURN_FAILED_ONLY', 'FALSE'],
    ['LOAD_UNCERTAIN_FILES', 'FALSE'],
  ] as const)
    if (String(options.get(name) ?? only).toUpperCase() !== only)
      throw notEmulated(`${name} = ${String(options.get(name))}`, place);
  const width = mostFields(inside);
  return { into, columns, path, query, options, width };
}

function stageToken(cursor: Cursor): string {
  const token = cursor.next();
  if (token.kind === 'stage') return token.value;
  if (token.kind === 'string' && token.value.startsWith('@')) return token.value.slice(1);
  throw notEmulated('COPY from what is no stage', token);
}

/** The stage that a transformation reads: alone, as Snowflake wants it. */
function stageOf({ body, ctes, orderBy, limit }: Query, cursor: Cursor): string {
  const isPlain =
    ctes.length === 0 &&
    orderBy.length === 0 &&
    !limit &&
    body.type === 'select' &&
    !body.groupBy &&
    !body.where &&
    !body.qualify;
  if (!isPlain || body.from?.type !== 'stage')
    throw notEmulated('a transformation of COPY that is more than a SELECT from one stage', cursor.peek());
  if (body.from.format !== undefined || body.from.pattern !== undefined)
    throw notEmulated('options of the stage that COPY reads; give them to COPY', body.from.place);
  return body.from.path;
}
