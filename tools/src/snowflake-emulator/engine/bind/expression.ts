import { compilationError, notEmulated } from '../errors.js';
import type { Expression, OrderItem } from '../syntax/ast.js';
import { BOOLEAN, FLOAT, isTimestamp, NULL, number, text, timestamp, VARIANT } from '../types.js';
import { arithmetic, asNumeric } from './arithmetic.js';
import { bindCall } from './call.js';
import { castTo, textLiteral, unify } from './coerce.js';
import type { BindContext } from './context.js';
import { bindQuery } from './query.js';
import type { Scope } from './scope.js';
import { literal, type Typed } from './typed.js';

/** An expression in DuckDB's SQL. */
export function bindExpression(expression: Expression, scope: Scope, context: BindContext): Typed {
  const bind = (inner: Expression) => bindExpression(inner, scope, context);
  const condition = (inner: Expression) => castTo(bind(inner), BOOLEAN, 'cast', inner);
  const not = (negated: boolean, sql: string): Typed => ({
    sql: negated ? `(not ${sql})` : sql,
    type: BOOLEAN,
  });
  switch (expression.type) {
    case 'number':
      return numberLiteral(expression.text);
    case 'string':
      return textLiteral(expression.value);
    case 'null':
      return { sql: 'null', type: NULL };
    case 'default':
      throw compilationError('001003', '42000', 'syntax error: DEFAULT stands outside of VALUES', expression);
    case 'boolean':
      return { sql: String(expression.value), type: BOOLEAN };
    case 'bind':
      return context.bind(expression.index);
    case 'variable':
      return context.variable(expression.name);
    case 'interval':
      throw notEmulated('INTERVAL outside of a sum; use DATEADD', expression);
    case 'name':
      return scope.column(expression.parts, expression);
    case 'ordinal':
      return scope.column([`$${expression.index}`], expression);
    case 'call':
      return bindCall(expression, scope, context);
    case 'case':
      return bindCase(expression, scope, context);
    case 'cast':
      return {
        sql: castTo(bind(expression.value), expression.to, expression.isTry ? 'try' : 'cast', expression),
        type: expression.to,
      };
    case 'unary': {
      if (expression.operator === 'not') return not(true, `(${condition(expression.value)})`);
      const value = asNumeric(bind(expression.value), expression);
      return expression.operator === '-' ? { sql: `(-${value.sql})`, type: value.type } : value;
    }
    case 'binary':
      return bindBinary(expression, scope, context);
    case 'isNull':
      return {
        sql: `(${bind(expression.value).sql} is ${expression.negated ? 'not ' : ''}null)`,
        type: BOOLEAN,
      };
    case 'isBoolean':
      return {
        sql: `(${condition(expression.value)} is ${expression.negated ? 'not ' : ''}${expression.is})`,
        type: BOOLEAN,
      };
    case 'distinct': {
      const [left, right] = unify([bind(expression.left), bind(expression.right)], expression).sqls;
      return { sql: `(${left} is ${expression.negated ? 'not ' : ''}distinct from ${right})`, type: BOOLEAN };
    }
    case 'between': {
      const { value, low, high } = expression;
      const [from, lowest] = unify([bind(value), bind(low)], expression).sqls;
      const [to, highest] = unify([bind(value), bind(high)], expression).sqls;
      return not(expression.negated, `(${from} >= ${lowest} and ${to} <= ${highest})`);
    }
    case 'in': {
      if (expression.value.type === 'row') throw notEmulated('IN with rows of values', expression);
      const [value, ...list] = unify([expression.value, ...expression.list].map(bind), expression).sqls;
      return not(expression.negated, `(${value} in (${list.join(', ')}))`);
    }
    case 'inQuery':
      return bindInQuery(expression, scope, context);
    case 'like':
      return bindLike(expression, scope, context);
    case 'exists':
      return { sql: `exists (${bindQuery(expression.query, scope, context).sql})`, type: BOOLEAN };
    case 'subquery': {
      const { sql, columns } = bindQuery(expression.query, scope, context);
      if (columns.length !== 1)
        throw compilationError('002061', '42601', 'a scalar subquery has exactly one column', expression);
      return { sql: `(${sql})`, type: columns[0]!.type };
    }
    case 'row':
      throw notEmulated('a row of values here', expression);
    case 'path':
      return bindPath(expression, scope, context);
  }
}

function numberLiteral(written: string): Typed {
  if (/e/i.test(written)) return { sql: `cast(${literal(written)} as double)`, type: FLOAT };
  const [whole = '', fraction = ''] = written.split('.');
  const digits = `${whole}${fraction}`.replace(/^0+/, '');
  if (digits.length > 38) return { sql: `cast(${literal(written)} as double)`, type: FLOAT };
  const type = number(Math.max(digits.length, fraction.length, 1), fraction.length);
  return {
    sql:
      type.type === 'number' && type.scale > 0
        ? `cast('${written}' as decimal(38,${fraction.length}))`
        : `cast(${whole} as hugeint)`,
    type,
  };
}

function bindCase(
  { operand, whens, otherwise, line, column }: Expression & { type: 'case' },
  scope: Scope,
  context: BindContext,
): Typed {
  const place = { line, column };
  const bind = (inner: Expression) => bindExpression(inner, scope, context);
  const subject = operand && bind(operand);
  const conditions = whens.map(({ condition }) => {
    const value = bind(condition);
    return subject
      ? unify([subject, value], place).sqls.join(' = ')
      : castTo(value, BOOLEAN, 'cast', condition);
  });
  const results = whens.map(({ result }) => bind(result));
  const { type, sqls } = unify(
    [...results, otherwise ? bind(otherwise) : { sql: 'null', type: NULL }],
    place,
  );
  const branches = conditions.map((condition, index) => ` when ${condition} then ${sqls[index]}`);
  return { sql: `(case${branches.join('')} else ${sqls.at(-1)} end)`, type };
}

function bindBinary(expression: Expression & { type: 'binary' }, scope: Scope, context: BindContext): Typed {
  const { operator, left, right } = expression;
  if (right.type === 'interval' && (operator === '+' || operator === '-'))
    return addInterval(bindExpression(left, scope, context), operator, right.text, expression);
  const [a, b] = [bindExpression(left, scope, context), bindExpression(right, scope, context)];
  switch (operator) {
    case 'and':
    case 'or':
      return {
        sql: `(${castTo(a, BOOLEAN, 'cast', left)} ${operator} ${castTo(b, BOOLEAN, 'cast', right)})`,
        type: BOOLEAN,
      };
    case '||': {
      const length = [a, b].reduce((sum, { type }) => sum + (type.type === 'text' ? type.length : 40), 0);
      return {
        sql: `(${castTo(a, text(), 'cast', left)} || ${castTo(b, text(), 'cast', right)})`,
        type: text(Math.min(length, 16_777_216)),
      };
    }
    case '+':
    case '-':
    case '*':
    case '/':
    case '%':
      return arithmetic(operator, a, b, expression);
    default:
      return { sql: `(${unify([a, b], expression).sqls.join(` ${operator} `)})`, type: BOOLEAN };
  }
}

const INTERVAL = /^\s*([+-]?\d+)\s*(year|month|week|day|hour|minute|second|millisecond|microsecond)s?\s*$/i;

function addInterval(value: Typed, operator: '+' | '-', written: string, place: Expression): Typed {
  const found = INTERVAL.exec(written);
  if (!found) throw notEmulated(`the interval '${written}'`, place);
  if (value.type.type !== 'date' && !isTimestamp(value.type))
    throw notEmulated('an interval on what is no date or timestamp', place);
  const keepsDate = value.type.type === 'date' && /^(year|month|week|day)$/i.test(found[2]!);
  const sql = `(${value.sql} ${operator} interval '${found[1]} ${found[2]}')`;
  return keepsDate
    ? { sql: `cast(${sql} as date)`, type: value.type }
    : { sql, type: value.type.type === 'date' ? timestamp() : value.type };
}

function bindInQuery(
  { value, query, negated, ...place }: Expression & { type: 'inQuery' },
  scope: Scope,
  context: BindContext,
): Typed {
  const bound = bindQuery(query, scope, context);
  const values = (value.type === 'row' ? value.items : [value]).map((item) =>
    bindExpression(item, scope, context),
  );
  if (bound.columns.length !== values.length)
    throw compilationError('001039', '42601', 'the subquery of IN has another number of columns', place);
  const names = bound.columns.map((_, index) => `v${index}`);
  const pairs = values.map((one, index) =>
    unify([one, { sql: `q.v${index}`, type: bound.columns[index]!.type }], place),
  );
  const left = pairs.map(({ sqls }) => sqls[0]).join(', ');
  const right = pairs.map(({ sqls }) => sqls[1]).join(', ');
  const sql = `((${left}) ${negated ? 'not ' : ''}in (select ${values.length > 1 ? `(${right})` : right} from (${bound.sql}) as q(${names.join(', ')})))`;
  return { sql, type: BOOLEAN };
}

function bindLike(
  { value, pattern, escape: escapedBy, operator, negated }: Expression & { type: 'like' },
  scope: Scope,
  context: BindContext,
): Typed {
  const [subject, by] = [value, pattern].map((one) =>
    castTo(bindExpression(one, scope, context), text(), 'cast', one),
  );
  // without ESCAPE the backslash is no escape, as in Snowflake; RLIKE matches the whole text
  const sql =
    operator === 'rlike'
      ? `regexp_full_match(${subject}, ${by})`
      : `(${subject} ${operator} ${by}${escapedBy ? ` escape ${bindExpression(escapedBy, scope, context).sql}` : ''})`;
  return { sql: negated ? `(not ${sql})` : sql, type: BOOLEAN };
}

function bindPath(
  { value, steps, ...place }: Expression & { type: 'path' },
  scope: Scope,
  context: BindContext,
): Typed {
  const base = bindExpression(value, scope, context);
  const sql = steps.reduce<string>((inner, step) => {
    if (typeof step === 'string') return `(${inner} -> ${literal(step)})`;
    const index = bindExpression(step, scope, context);
    if (index.type.type === 'number') return `(${inner} -> cast(${index.sql} as integer))`;
    return `(${inner} -> ${castTo(index, text(), 'cast', place)})`;
  }, base.sql);
  return { sql, type: VARIANT };
}

/** ORDER BY with nulls where Snowflake has them: last if ascending, first if descending. */
export function orderItem(
  { value, descending, nulls }: OrderItem,
  bind: (value: Expression) => string,
): string {
  return `${bind(value)} ${descending ? 'desc' : 'asc'} nulls ${nulls ?? (descending ? 'first' : 'last')}`;
}
