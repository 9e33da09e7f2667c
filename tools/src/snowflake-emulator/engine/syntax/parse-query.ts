import type { Cte, Query, QueryBody } from './ast.js';
import type { Cursor } from './cursor.js';
import { parseOrderBy } from './parse-call.js';
import { parseExpression } from './parse-expression.js';
import { parseSelect } from './parse-select.js';

/** A query with its WITH, set operations, ORDER BY and LIMIT. */
export function parseQuery(cursor: Cursor): Query {
  const ctes: Cte[] = [];
  let recursive = false;
  if (cursor.accept('WITH')) {
    recursive = cursor.accept('RECURSIVE');
    ctes.push(...cursor.list(() => parseCte(cursor)));
  }
  const body = parseUnion(cursor);
  const orderBy = cursor.sees('ORDER', 'BY') ? parseOrderBy(cursor) : [];
  let limit = cursor.accept('LIMIT') ? parseExpression(cursor) : undefined;
  const offset = cursor.accept('OFFSET') ? parseExpression(cursor) : undefined;
  if (offset && !cursor.accept('ROW')) cursor.accept('ROWS');
  if (cursor.accept('FETCH')) {
    if (!cursor.accept('FIRST')) cursor.accept('NEXT');
    limit = parseExpression(cursor);
    if (!cursor.accept('ROW')) cursor.accept('ROWS');
    cursor.accept('ONLY');
  }
  if (cursor.sees('FOR', 'UPDATE')) throw cursor.refuse('SELECT … FOR UPDATE');
  return { ctes, recursive, body, orderBy, limit, offset };
}

function parseCte(cursor: Cursor): Cte {
  const name = cursor.name();
  const columns = cursor.seesOperator('(') ? cursor.names() : [];
  cursor.expect('AS');
  return { name, columns, query: cursor.bracketed(() => parseQuery(cursor)) };
}

function parseUnion(cursor: Cursor): QueryBody {
  let left = parseIntersect(cursor);
  for (;;) {
    const operator = cursor.accept('UNION')
      ? 'union'
      : cursor.accept('EXCEPT') || cursor.accept('MINUS')
        ? 'except'
        : undefined;
    if (!operator) return left;
    const all = cursor.accept('ALL');
    if (all && operator === 'except') throw cursor.refuse('EXCEPT ALL');
    if (!all) cursor.accept('DISTINCT');
    if (cursor.sees('BY', 'NAME')) throw cursor.refuse('UNION BY NAME');
    left = { type: 'setOperation', operator, all, left, right: parseIntersect(cursor) };
  }
}

function parseIntersect(cursor: Cursor): QueryBody {
  let left = parseTerm(cursor);
  while (cursor.accept('INTERSECT'))
    left = { type: 'setOperation', operator: 'intersect', all: false, left, right: parseTerm(cursor) };
  return left;
}

function parseTerm(cursor: Cursor): QueryBody {
  if (cursor.seesOperator('(')) return { type: 'nested', query: cursor.bracketed(() => parseQuery(cursor)) };
  if (cursor.accept('VALUES'))
    return {
      type: 'values',
      rows: cursor.list(() => cursor.bracketed(() => cursor.list(() => parseExpression(cursor)))),
    };
  return parseSelect(cursor);
}
