import { compilationError, notEmulated } from '../errors.js';
import { AGGREGATES } from '../functions/aggregates.js';
import { DATE_PART_FIRST } from '../functions/date-parts.js';
import { SCALARS } from '../functions/scalars.js';
import { WINDOWED } from '../functions/windowed.js';
import type { Call, Expression, Frame } from '../syntax/ast.js';
import { Cursor } from '../syntax/cursor.js';
import { text } from '../types.js';
import type { BindContext } from './context.js';
import { bindExpression, orderItem } from './expression.js';
import type { Scope } from './scope.js';
import { literal, type Typed } from './typed.js';

/** A call of a function that is known; all others are refused by name. */
export function bindCall(call: Call, scope: Scope, context: BindContext): Typed {
  const { name } = call;
  if (name === 'LAST_QUERY_ID' && call.args.length === 0)
    return { sql: context.lastQueryId === undefined ? 'null' : literal(context.lastQueryId), type: text() };
  if (name === 'GET_DDL') return definitionOf(call, context);
  const ofSession = call.args.length === 0 ? context.contextFunction(name) : undefined;
  if (ofSession) return ofSession;
  const args = call.args.map((arg, index) =>
    index === 0 && DATE_PART_FIRST.has(name) && arg.type === 'name' && arg.parts.length === 1
      ? { sql: literal(arg.parts[0]!), type: text(), constant: arg.parts[0]! }
      : { ...bindExpression(arg, scope, context), ...constantOf(arg) },
  );
  if (name in AGGREGATES || name in WINDOWED) return bindAggregate(call, args, scope, context);
  const scalar = SCALARS[name];
  if (!scalar || call.named.size > 0)
    throw notEmulated(`the function ${name}${scalar ? ' with named arguments' : ''}`, call);
  if (call.over || call.withinGroup || call.distinct || call.star)
    throw compilationError('002079', '42601', `${name} is no aggregate or window function`, call);
  const { min, max, make } = scalar;
  if (args.length < min)
    throw compilationError(
      '000938',
      '22023',
      `not enough arguments for function [${name}], expected ${min}, got ${args.length}`,
      call,
    );
  if (args.length > max)
    throw compilationError(
      '000939',
      '22023',
      `too many arguments for function [${name}] expected ${max}, got ${args.length}`,
      call,
    );
  return make(args, call);
}

/** GET_DDL('view', name, true); of other objects, and without full names, it is refused. */
function definitionOf(call: Call, context: BindContext): Typed {
  const [kind, name, isFull] = call.args;
  if (kind?.type !== 'string' || kind.value.toUpperCase() !== 'VIEW' || name?.type !== 'string')
    throw notEmulated('GET_DDL of what is no view named by a constant', call);
  if (isFull?.type !== 'boolean' || !isFull.value) throw notEmulated('GET_DDL without full names', call);
  return { sql: literal(context.viewDefinition(new Cursor(name.value).qualifiedName())), type: text() };
}

function constantOf(arg: Expression): { constant?: string } {
  return arg.type === 'string'
    ? { constant: arg.value }
    : arg.type === 'number'
      ? { constant: arg.text }
      : {};
}

function bindAggregate(call: Call, args: readonly Typed[], scope: Scope, context: BindContext): Typed {
  const { name, over } = call;
  const bind = (value: Expression) => bindExpression(value, scope, context).sql;
  const aggregate = AGGREGATES[name];
  const make = aggregate ?? WINDOWED[name]!;
  if (!aggregate && !over)
    throw compilationError('002079', '42601', `Window function [${name}] requires an OVER clause`, call);
  const order = call.withinGroup?.map((item) => orderItem(item, bind)).join(', ');
  let window = '';
  if (over) {
    const parts = [
      ...(over.partitionBy.length > 0 ? [`partition by ${over.partitionBy.map(bind).join(', ')}`] : []),
      ...(over.orderBy.length > 0
        ? [`order by ${over.orderBy.map((item) => orderItem(item, bind)).join(', ')}`]
        : []),
      frameText(over.frame, bind) ??
        (WHOLE_PARTITION.has(name) && over.orderBy.length > 0
          ? 'rows between unbounded preceding and unbounded following'
          : ''),
    ];
    window = ` over (${parts.join(' ').trim()})`;
  }
  const nulls = call.nulls === 'ignore' ? ' ignore nulls' : '';
  return make({
    args,
    star: call.star,
    place: call,
    order,
    call: (duck, inner) => `${duck}(${call.distinct ? 'distinct ' : ''}${inner}${nulls})${window}`,
    plain: (duck, inner) => `${duck}(${inner})${window}`,
    distinct: call.distinct ? 'distinct ' : '',
  });
}

/** Without a frame these look at all rows of the partition; in DuckDB at those up to the current one. */
const WHOLE_PARTITION = new Set(['FIRST_VALUE', 'LAST_VALUE', 'NTH_VALUE']);

function frameText(frame: Frame | undefined, bind: (value: Expression) => string): string | undefined {
  if (!frame) return undefined;
  const [start, end] = [frame.start, frame.end].map((bound) => {
    if (bound.type === 'current') return 'current row';
    return bound.type === 'unbounded'
      ? `unbounded ${bound.side}`
      : `cast(${bind(bound.value)} as bigint) ${bound.side}`;
  });
  return `${frame.unit} between ${start} and ${end}`;
}
