import { compilationError, notEmulated } from '../errors.js';
import type { Cte, Expression, Query, QueryBody } from '../syntax/ast.js';
import { castTo, commonType } from './coerce.js';
import { type BindContext, withCtes } from './context.js';
import { orderItem } from './expression.js';
import { Scope } from './scope.js';
import { bindSelect } from './select.js';
import { type BoundQuery, physicalName } from './typed.js';
import { bindValues } from './values.js';

/** A query in DuckDB's SQL. */
export function bindQuery(query: Query, outer: Scope | undefined, context: BindContext): BoundQuery {
  const { prefix, inner } = bindCtes(query, outer, context);
  const tail = tailOf(query, context);
  if (query.body.type === 'select') {
    const bound = bindSelect(query.body, query.orderBy, outer, inner);
    return { ...bound, sql: `${prefix}${bound.sql}${tail}` };
  }
  const bound = bindBody(query.body, outer, inner);
  if (query.orderBy.length === 0 && tail === '') return { ...bound, sql: `${prefix}${bound.sql}` };
  const order = query.orderBy.map((item) => orderItem(item, (value) => outputColumn(value, bound)));
  const by = order.length === 0 ? '' : ` order by ${order.join(', ')}`;
  return { ...bound, sql: `${prefix}select * from (${bound.sql}) as ordered${by}${tail}` };
}

function tailOf({ limit, offset }: Query, context: BindContext): string {
  const count = (value: Expression, word: string) => {
    if (value.type === 'null') return '';
    const sql =
      value.type === 'number'
        ? value.text
        : value.type === 'bind'
          ? context.bind(value.index).sql
          : undefined;
    if (sql === undefined) throw compilationError('001003', '42000', `${word} wants a constant`, value);
    return ` ${word} ${value.type === 'bind' ? `cast(${sql} as bigint)` : sql}`;
  };
  return `${limit ? count(limit, 'limit') : ''}${offset ? count(offset, 'offset') : ''}`;
}

/** ORDER BY behind a set operation: a column of it, by name or number. */
function outputColumn(value: Expression, { columns }: BoundQuery): string {
  const index =
    value.type === 'number'
      ? Number(value.text) - 1
      : value.type === 'name' && value.parts.length === 1
        ? columns.findIndex(({ name }) => name === value.parts[0])
        : undefined;
  if (index === undefined) throw notEmulated('ORDER BY an expression behind a set operation', value);
  const column = columns[index];
  if (!column)
    throw compilationError(
      '000904',
      '42000',
      `invalid identifier '${value.type === 'name' ? value.parts[0] : index + 1}'`,
      value,
    );
  return String(index + 1);
}

function bindBody(body: QueryBody, outer: Scope | undefined, context: BindContext): BoundQuery {
  switch (body.type) {
    case 'select':
      return bindSelect(body, [], outer, context);
    case 'values':
      return bindValues(body.rows, outer ?? new Scope([]), context);
    case 'nested':
      return bindQuery(body.query, outer, context);
    case 'setOperation': {
      const [left, right] = [bindBody(body.left, outer, context), bindBody(body.right, outer, context)];
      if (left.columns.length !== right.columns.length)
        throw compilationError(
          '001789',
          '42601',
          `invalid number of result columns for set operator input branches, expected ${left.columns.length}, got ${right.columns.length} in branch {2}`,
        );
      const types = left.columns.map(({ type }, index) => commonType(type, right.columns[index]!.type));
      const columns = left.columns.map(({ name }, index) => ({ name, type: types[index]! }));
      const side = (bound: BoundQuery) => {
        const casts = bound.columns.map(
          ({ name, type }, index) =>
            `${castTo({ sql: physicalName(index + 1, name), type }, types[index]!)} as ${physicalName(index + 1, columns[index]!.name)}`,
        );
        return `select ${casts.join(', ')} from (${bound.sql}) as side`;
      };
      return { columns, sql: `(${side(left)}) ${body.operator}${body.all ? ' all' : ''} (${side(right)})` };
    }
  }
}

function bindCtes(
  { ctes, recursive }: Query,
  outer: Scope | undefined,
  context: BindContext,
): { prefix: string; inner: BindContext } {
  let inner = context;
  const parts: string[] = [];
  for (const cte of ctes) {
    const physical = `w${context.nextAlias()}`;
    const bound =
      recursive && cte.query.body.type === 'setOperation'
        ? bindRecursive(cte, physical, outer, inner)
        : bindQuery(cte.query, outer, inner);
    const columns = renamed(cte, bound);
    parts.push(`${physical} as (${bound.sql})`);
    // the query gives its columns names of its own: the relation refers to those
    const entry = {
      sql: bound.sql,
      columns,
      physical,
      physicalColumns: bound.columns.map(({ name }, index) => physicalName(index + 1, name)),
    };
    inner = withCtes(inner, new Map([...inner.ctes, [cte.name, entry]]));
  }
  return {
    prefix: parts.length === 0 ? '' : `with ${recursive ? 'recursive ' : ''}${parts.join(', ')} `,
    inner,
  };
}

function renamed({ name, columns }: Cte, bound: BoundQuery): BoundQuery['columns'] {
  if (columns.length === 0) return bound.columns;
  if (columns.length !== bound.columns.length)
    throw compilationError(
      '002020',
      '21S01',
      `The CTE ${name} names ${columns.length} columns, its query has ${bound.columns.length}`,
    );
  return bound.columns.map(({ type }, index) => ({ name: columns[index]!, type }));
}

/** The first branch gives the types; the second may name the CTE. */
function bindRecursive(
  cte: Cte,
  physical: string,
  outer: Scope | undefined,
  context: BindContext,
): BoundQuery {
  const { body } = cte.query;
  if (body.type !== 'setOperation' || body.operator !== 'union' || !body.all)
    throw notEmulated('a recursive CTE without UNION ALL');
  const anchor = bindBody(body.left, outer, context);
  const columns = renamed(cte, anchor);
  const physicalColumns = anchor.columns.map(({ name }, index) => physicalName(index + 1, name));
  const self = withCtes(
    context,
    new Map([...context.ctes, [cte.name, { sql: '', columns, physical, physicalColumns }]]),
  );
  const step = bindBody(body.right, outer, self);
  const casts = step.columns.map(({ name, type }, index) =>
    castTo({ sql: physicalName(index + 1, name), type }, columns[index]!.type),
  );
  return {
    columns: anchor.columns,
    sql: `(${anchor.sql}) union all (select ${casts.join(', ')} from (${step.sql}) as step)`,
  };
}
