import type { Bound, Call, Expression, Frame, OrderItem, Window } from './ast.js';
import type { Cursor } from './cursor.js';
import { parseExpression } from './parse-expression.js';
import { parseQuery } from './parse-query.js';
import type { Token } from './token.js';

/** What stands behind a function's name: arguments, within group, ignore nulls, over. */
export function parseArguments(cursor: Cursor, { value: name, line, column }: Token): Call {
  const named = new Map<string, Expression>();
  const args: Expression[] = [];
  let [star, distinct] = [false, false];
  let nulls: Call['nulls'];
  cursor.bracketed(() => {
    if (cursor.seesOperator(')')) return;
    if (cursor.acceptOperator('*')) {
      star = true;
      return;
    }
    distinct = cursor.accept('DISTINCT');
    if (!distinct) cursor.accept('ALL');
    cursor.list(() => {
      if (cursor.seesOperator('=>', 1)) {
        const key = cursor.name();
        cursor.next();
        named.set(key, parseExpression(cursor));
      } else args.push(parseArgument(cursor, name));
    });
    nulls = parseNulls(cursor);
    if (name === 'COUNT' && args.length === 0) throw cursor.unexpected();
  });
  nulls = parseNulls(cursor) ?? nulls;
  const withinGroup = cursor.accept('WITHIN', 'GROUP')
    ? cursor.bracketed(() => parseOrderBy(cursor))
    : undefined;
  if (cursor.sees('FILTER')) throw cursor.refuse('FILTER behind an aggregate');
  nulls = parseNulls(cursor) ?? nulls;
  const over = cursor.accept('OVER') ? parseWindow(cursor) : undefined;
  return { type: 'call', name, args, named, star, distinct, withinGroup, nulls, over, line, column };
}

function parseArgument(cursor: Cursor, name: string): Expression {
  const { line, column } = cursor.peek();
  if (cursor.sees('SELECT') || cursor.sees('WITH'))
    return { type: 'subquery', query: parseQuery(cursor), line, column };
  const value = parseExpression(cursor);
  if (name === 'POSITION' && value.type === 'in') throw cursor.refuse('POSITION with IN');
  return value;
}

function parseNulls(cursor: Cursor): Call['nulls'] {
  if (cursor.accept('IGNORE', 'NULLS')) return 'ignore';
  return cursor.accept('RESPECT', 'NULLS') ? 'respect' : undefined;
}

/** `order by a desc nulls last, b` */
export function parseOrderBy(cursor: Cursor): readonly OrderItem[] {
  cursor.expect('ORDER', 'BY');
  return cursor.list(() => {
    const value = parseExpression(cursor);
    const descending = cursor.accept('DESC');
    if (!descending) cursor.accept('ASC');
    const nulls = cursor.accept('NULLS') ? (cursor.accept('FIRST') ? 'first' : last(cursor)) : undefined;
    return { value, descending, nulls };
  });
}

function last(cursor: Cursor): 'last' {
  cursor.expect('LAST');
  return 'last';
}

function parseWindow(cursor: Cursor): Window {
  return cursor.bracketed(() => {
    const partitionBy = cursor.accept('PARTITION', 'BY') ? cursor.list(() => parseExpression(cursor)) : [];
    const orderBy = cursor.sees('ORDER') ? parseOrderBy(cursor) : [];
    return { partitionBy, orderBy, frame: parseFrame(cursor) };
  });
}

function parseFrame(cursor: Cursor): Frame | undefined {
  const unit = cursor.accept('ROWS') ? 'rows' : cursor.accept('RANGE') ? 'range' : undefined;
  if (!unit) return undefined;
  if (!cursor.accept('BETWEEN')) return { unit, start: parseBound(cursor), end: { type: 'current' } };
  const start = parseBound(cursor);
  cursor.expect('AND');
  return { unit, start, end: parseBound(cursor) };
}

function parseBound(cursor: Cursor): Bound {
  if (cursor.accept('CURRENT', 'ROW')) return { type: 'current' };
  if (cursor.accept('UNBOUNDED')) return { type: 'unbounded', side: parseSide(cursor) };
  const value = parseExpression(cursor);
  return { type: 'offset', value, side: parseSide(cursor) };
}

function parseSide(cursor: Cursor): 'preceding' | 'following' {
  if (cursor.accept('PRECEDING')) return 'preceding';
  cursor.expect('FOLLOWING');
  return 'following';
}
