import type { Expression, Select, SelectItem } from './ast.js';
import type { Cursor } from './cursor.js';
import { parseExpression } from './parse-expression.js';
import { parseFrom } from './parse-from.js';
import { RESERVED } from './parse-primary.js';

export function parseSelect(cursor: Cursor): Select {
  cursor.expect('SELECT');
  const distinct = cursor.accept('DISTINCT');
  if (!distinct) cursor.accept('ALL');
  const top = cursor.sees('TOP') && cursor.peek(1).kind === 'number' ? topOf(cursor) : undefined;
  const items = cursor.list(() => parseItem(cursor));
  if (cursor.sees('INTO')) throw cursor.refuse('SELECT … INTO');
  const from = cursor.accept('FROM') ? parseFrom(cursor) : undefined;
  const where = cursor.accept('WHERE') ? parseExpression(cursor) : undefined;
  if (cursor.sees('CONNECT') || cursor.sees('START')) throw cursor.refuse('CONNECT BY');
  const groupBy = cursor.accept('GROUP', 'BY') ? parseGroupBy(cursor) : undefined;
  const having = cursor.accept('HAVING') ? parseExpression(cursor) : undefined;
  if (cursor.sees('WINDOW')) throw cursor.refuse('WINDOW');
  const qualify = cursor.accept('QUALIFY') ? parseExpression(cursor) : undefined;
  return { type: 'select', distinct, top, items, from, where, groupBy, having, qualify };
}

function topOf(cursor: Cursor): Expression {
  cursor.next();
  const { line, column, text } = cursor.next();
  return { type: 'number', text, line, column };
}

function parseItem(cursor: Cursor): SelectItem {
  const start = cursor.peek();
  const of = starOwner(cursor);
  if (of)
    return { type: 'star', of: of.length === 0 ? undefined : of, ...parseStarChanges(cursor), place: start };
  const value = parseExpression(cursor);
  const text = cursor.textFrom(start);
  const alias = cursor.accept('AS') ? cursor.name() : implicitAlias(cursor);
  return { type: 'expression', value, alias, text };
}

/** The qualifier of `a.b.*`, empty for `*`; undefined if no star comes. */
function starOwner(cursor: Cursor): readonly string[] | undefined {
  const start = cursor.peek();
  const parts: string[] = [];
  while ((cursor.peek().kind === 'name' || cursor.peek().kind === 'quoted') && cursor.seesOperator('.', 1)) {
    parts.push(cursor.name());
    cursor.next();
  }
  if (cursor.acceptOperator('*')) return parts;
  cursor.rewind(start);
  return undefined;
}

function parseStarChanges(cursor: Cursor): {
  exclude: readonly string[];
  rename: ReadonlyMap<string, string>;
} {
  if (cursor.sees('ILIKE') || cursor.sees('REPLACE')) throw cursor.refuse(`* ${cursor.peek().value}`);
  const exclude = cursor.accept('EXCLUDE')
    ? cursor.seesOperator('(')
      ? cursor.names()
      : [cursor.name()]
    : [];
  const rename = new Map<string, string>();
  if (cursor.accept('RENAME')) {
    const one = () => {
      const from = cursor.name();
      cursor.expect('AS');
      rename.set(from, cursor.name());
    };
    if (cursor.seesOperator('(')) cursor.bracketed(() => cursor.list(one));
    else one();
  }
  return { exclude, rename };
}

/** An alias without AS. */
export function implicitAlias(cursor: Cursor): string | undefined {
  const token = cursor.peek();
  const isName = token.kind === 'quoted' || (token.kind === 'name' && !RESERVED.has(token.value));
  return isName ? cursor.name() : undefined;
}

function parseGroupBy(cursor: Cursor): readonly Expression[] | 'all' {
  if (cursor.accept('ALL')) return 'all';
  for (const word of ['CUBE', 'ROLLUP', 'GROUPING'])
    if (cursor.sees(word)) throw cursor.refuse(`GROUP BY ${word}`);
  return cursor.list(() => parseExpression(cursor));
}
