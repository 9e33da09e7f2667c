import type { BinaryOperator, Expression } from './ast.js';
import type { Cursor } from './cursor.js';
import { parsePrimary } from './parse-primary.js';
import { parseQuery } from './parse-query.js';
import { parseType } from './parse-type.js';

/** An expression by precedence: or, and, not, comparisons, || + -, * / %, signs, casts and paths. */
export function parseExpression(cursor: Cursor): Expression {
  let left = parseAnd(cursor);
  while (cursor.sees('OR')) left = binary(cursor, 'or', left, parseAnd);
  return left;
}

function parseAnd(cursor: Cursor): Expression {
  let left = parseNot(cursor);
  while (cursor.sees('AND')) left = binary(cursor, 'and', left, parseNot);
  return left;
}

function parseNot(cursor: Cursor): Expression {
  const { line, column } = cursor.peek();
  if (!cursor.accept('NOT')) return parseComparison(cursor);
  return { type: 'unary', operator: 'not', value: parseNot(cursor), line, column };
}

const COMPARISONS: Readonly<Record<string, BinaryOperator>> = {
  '=': '=',
  '<>': '<>',
  '!=': '<>',
  '<': '<',
  '<=': '<=',
  '>': '>',
  '>=': '>=',
};

function parseComparison(cursor: Cursor): Expression {
  let left = parseSum(cursor);
  for (;;) {
    const token = cursor.peek();
    const comparison = token.kind === 'operator' ? COMPARISONS[token.text] : undefined;
    const further = comparison ? binary(cursor, comparison, left, parseSum) : parsePredicate(cursor, left);
    if (!further) return left;
    left = further;
  }
}

function parsePredicate(cursor: Cursor, value: Expression): Expression | undefined {
  const { line, column } = value;
  if (cursor.accept('IS')) return parseIs(cursor, value);
  const start = cursor.peek();
  const negated = cursor.accept('NOT');
  if (cursor.accept('BETWEEN')) {
    const low = parseSum(cursor);
    cursor.expect('AND');
    return { type: 'between', value, low, high: parseSum(cursor), negated, line, column };
  }
  if (cursor.accept('IN')) return parseIn(cursor, value, negated);
  for (const operator of ['like', 'ilike', 'rlike', 'regexp'] as const) {
    if (!cursor.accept(operator.toUpperCase())) continue;
    if (cursor.sees('ANY') || cursor.sees('ALL')) throw cursor.refuse(`LIKE ${cursor.peek().value}`);
    const pattern = parseSum(cursor);
    const escapedBy = cursor.accept('ESCAPE') ? parsePrimary(cursor) : undefined;
    return {
      type: 'like',
      value,
      pattern,
      ...(escapedBy && { escape: escapedBy }),
      operator: operator === 'regexp' ? 'rlike' : operator,
      negated,
      line,
      column,
    };
  }
  if (negated) cursor.rewind(start);
  return undefined;
}

function parseIs(cursor: Cursor, value: Expression): Expression {
  const { line, column } = value;
  const negated = cursor.accept('NOT');
  if (cursor.accept('NULL')) return { type: 'isNull', value, negated, line, column };
  if (cursor.accept('DISTINCT', 'FROM'))
    return { type: 'distinct', left: value, right: parseSum(cursor), negated, line, column };
  if (cursor.accept('TRUE')) return { type: 'isBoolean', value, is: true, negated, line, column };
  if (cursor.accept('FALSE')) return { type: 'isBoolean', value, is: false, negated, line, column };
  throw cursor.unexpected();
}

function parseIn(cursor: Cursor, value: Expression, negated: boolean): Expression {
  const { line, column } = value;
  return cursor.bracketed((): Expression => {
    if (cursor.sees('SELECT') || cursor.sees('WITH'))
      return { type: 'inQuery', value, query: parseQuery(cursor), negated, line, column };
    return { type: 'in', value, list: cursor.list(() => parseExpression(cursor)), negated, line, column };
  });
}

function parseSum(cursor: Cursor): Expression {
  let left = parseProduct(cursor);
  for (;;) {
    const operator = (['+', '-', '||'] as const).find((one) => cursor.seesOperator(one));
    if (!operator) return left;
    left = binary(cursor, operator, left, parseProduct);
  }
}

function parseProduct(cursor: Cursor): Expression {
  let left = parseSigned(cursor);
  for (;;) {
    const operator = (['*', '/', '%'] as const).find((one) => cursor.seesOperator(one));
    if (!operator) return left;
    left = binary(cursor, operator, left, parseSigned);
  }
}

function binary(
  cursor: Cursor,
  operator: BinaryOperator,
  left: Expression,
  parse: (cursor: Cursor) => Expression,
): Expression {
  const { line, column } = cursor.next();
  return { type: 'binary', operator, left, right: parse(cursor), line, column };
}

function parseSigned(cursor: Cursor): Expression {
  const { line, column } = cursor.peek();
  for (const operator of ['-', '+'] as const)
    if (cursor.acceptOperator(operator))
      return { type: 'unary', operator, value: parseSigned(cursor), line, column };
  return parsePostfix(cursor);
}

function parsePostfix(cursor: Cursor): Expression {
  let value = parsePrimary(cursor);
  const { line, column } = value;
  for (;;) {
    if (cursor.acceptOperator('::'))
      value = { type: 'cast', value, to: parseType(cursor), isTry: false, line, column };
    else if (cursor.seesOperator(':') || cursor.seesOperator('['))
      value = { type: 'path', value, steps: parseSteps(cursor), line, column };
    else return value;
  }
}

/** `:a.b[0]`: names as written where unquoted, for keys keep their case. */
function parseSteps(cursor: Cursor): readonly (string | Expression)[] {
  const steps: (string | Expression)[] = [];
  for (;;) {
    if (cursor.acceptOperator('[')) {
      steps.push(parseExpression(cursor));
      cursor.expectOperator(']');
    } else if (cursor.acceptOperator(':') || (steps.length > 0 && cursor.acceptOperator('.'))) {
      const token = cursor.peek();
      cursor.name();
      steps.push(token.kind === 'quoted' ? token.value : token.text);
    } else return steps;
  }
}
