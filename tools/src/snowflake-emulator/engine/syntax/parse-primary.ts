import type { Place } from '../errors.js';
import { notEmulated } from '../errors.js';
import { DATE, type SqlType, TIME, timestamp } from '../types.js';
import type { Expression, When } from './ast.js';
import type { Cursor } from './cursor.js';
import { parseArguments } from './parse-call.js';
import { parseExpression } from './parse-expression.js';
import { parseQuery } from './parse-query.js';
import { parseType } from './parse-type.js';

/** Words that no column, table or alias is called by unless it is quoted. */
export const RESERVED: ReadonlySet<string> = new Set(
  `ALL ANY AND AS BETWEEN BY CASE CAST CHECK COLUMN CONNECT CONSTRAINT CREATE CROSS CURRENT DELETE DISTINCT DROP ELSE EXCEPT
  EXISTS FALSE FOLLOWING FOR FROM FULL GRANT GROUP HAVING ILIKE IN INCREMENT INNER INSERT INTERSECT INTO IS JOIN LATERAL LEFT LIKE
  LIMIT MINUS NATURAL NOT NULL OF ON OR ORDER QUALIFY REGEXP RIGHT RLIKE ROW ROWS SAMPLE SELECT SET SOME START TABLE TABLESAMPLE
  THEN TO TRIGGER TRUE TRY_CAST UNION UNIQUE UPDATE USING VALUES WHEN WHENEVER WHERE WITH FETCH OFFSET WINDOW`.split(
    /\s+/,
  ),
);

/** Reserved words that are functions when a bracket follows. */
const CALLABLE = new Set(['LEFT', 'RIGHT', 'INSERT', 'ILIKE', 'LIKE', 'RLIKE', 'REGEXP', 'ANY_VALUE']);

/** Functions that are called without brackets. */
const BARE_CALLS = new Set([
  'CURRENT_DATE',
  'CURRENT_TIMESTAMP',
  'CURRENT_TIME',
  'CURRENT_USER',
  'LOCALTIME',
  'LOCALTIMESTAMP',
]);

const TYPED_LITERALS: Readonly<Record<string, SqlType>> = {
  DATE,
  TIME,
  TIMESTAMP: timestamp(),
  TIMESTAMP_NTZ: timestamp(),
  DATETIME: timestamp(),
};

export function parsePrimary(cursor: Cursor): Expression {
  const token = cursor.peek();
  const { line, column } = token;
  switch (token.kind) {
    case 'number':
      return { type: 'number', text: cursor.next().text, line, column };
    case 'string':
      return { type: 'string', value: cursor.next().value, line, column };
    case 'bind':
      cursor.next();
      return {
        type: 'bind',
        index: token.value === '' ? cursor.binds++ : Number(token.value) - 1,
        line,
        column,
      };
    case 'column':
      return { type: 'ordinal', index: Number(cursor.next().value), line, column };
    case 'variable':
      return { type: 'variable', name: cursor.next().value, line, column };
    case 'name':
      return parseWord(cursor);
    case 'quoted':
      return parseName(cursor);
    default:
      if (token.kind === 'operator' && token.text === '(') return parseBracket(cursor);
      if (token.kind === 'operator' && (token.text === '[' || token.text === '{'))
        throw cursor.refuse('array and object constants');
      throw cursor.unexpected();
  }
}

function parseWord(cursor: Cursor): Expression {
  const token = cursor.peek();
  const { line, column, value: word } = token;
  const next = cursor.peek(1);
  const isCall = next.kind === 'operator' && next.text === '(';
  const literal = TYPED_LITERALS[word];
  if (literal && next.kind === 'string') {
    cursor.next();
    const value: Expression = { type: 'string', value: cursor.string(), line, column };
    return { type: 'cast', value, to: literal, isTry: false, line, column };
  }
  if (cursor.accept('NULL')) return { type: 'null', line, column };
  if (cursor.accept('TRUE')) return { type: 'boolean', value: true, line, column };
  if (cursor.accept('FALSE')) return { type: 'boolean', value: false, line, column };
  if (word === 'DEFAULT' && !isCall && cursor.accept('DEFAULT')) return { type: 'default', line, column };
  if (word === 'INTERVAL' && next.kind === 'string') {
    cursor.next();
    return { type: 'interval', text: cursor.string(), line, column };
  }
  if (cursor.accept('CASE')) return parseCase(cursor, line, column);
  if (isCall && (word === 'CAST' || word === 'TRY_CAST')) {
    cursor.next();
    return cursor.bracketed((): Expression => {
      const value = parseExpression(cursor);
      cursor.expect('AS');
      return { type: 'cast', value, to: parseType(cursor), isTry: word === 'TRY_CAST', line, column };
    });
  }
  if (isCall && word === 'EXISTS') {
    cursor.next();
    return { type: 'exists', query: cursor.bracketed(() => parseQuery(cursor)), line, column };
  }
  if (isCall && word === 'EXTRACT') return parseExtract(cursor, line, column);
  if (isCall && (!RESERVED.has(word) || CALLABLE.has(word))) return parseArguments(cursor, cursor.next());
  if (BARE_CALLS.has(word)) {
    cursor.next();
    return plainCall(word, [], { line, column });
  }
  if (RESERVED.has(word)) throw cursor.unexpected();
  return parseName(cursor);
}

/** A column with what stands before it; `db.schema.f(…)` would be a user's function. */
function parseName(cursor: Cursor): Expression {
  const { line, column } = cursor.peek();
  const parts = [cursor.name()];
  while (cursor.seesOperator('.') && !cursor.seesOperator('*', 1)) {
    cursor.next();
    parts.push(cursor.name());
  }
  if (cursor.seesOperator('(')) throw notEmulated(`the function ${parts.join('.')}`, { line, column });
  return { type: 'name', parts, line, column };
}

function parseBracket(cursor: Cursor): Expression {
  const { line, column } = cursor.peek();
  return cursor.bracketed((): Expression => {
    if (cursor.sees('SELECT') || cursor.sees('WITH'))
      return { type: 'subquery', query: parseQuery(cursor), line, column };
    const items = cursor.list(() => parseExpression(cursor));
    return items.length === 1 ? items[0]! : { type: 'row', items, line, column };
  });
}

function parseCase(cursor: Cursor, line: number, column: number): Expression {
  const operand = cursor.sees('WHEN') ? undefined : parseExpression(cursor);
  const whens: When[] = [];
  while (cursor.accept('WHEN')) {
    const condition = parseExpression(cursor);
    cursor.expect('THEN');
    whens.push({ condition, result: parseExpression(cursor) });
  }
  if (whens.length === 0) throw cursor.unexpected();
  const otherwise = cursor.accept('ELSE') ? parseExpression(cursor) : undefined;
  cursor.expect('END');
  return { type: 'case', whens, ...(operand && { operand }), ...(otherwise && { otherwise }), line, column };
}

function parseExtract(cursor: Cursor, line: number, column: number): Expression {
  cursor.next();
  return cursor.bracketed((): Expression => {
    const part: Expression = {
      type: 'string',
      value: cursor.peek().kind === 'string' ? cursor.string() : cursor.name(),
      line,
      column,
    };
    if (!cursor.acceptOperator(',')) cursor.expect('FROM');
    return plainCall('DATE_PART', [part, parseExpression(cursor)], { line, column });
  });
}

/** A call of a function without anything but its arguments. */
function plainCall(name: string, args: readonly Expression[], { line, column }: Place): Expression {
  return {
    type: 'call',
    name,
    args,
    named: new Map(),
    star: false,
    distinct: false,
    withinGroup: undefined,
    nulls: undefined,
    over: undefined,
    line,
    column,
  };
}
