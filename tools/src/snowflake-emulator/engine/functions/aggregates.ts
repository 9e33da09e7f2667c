import { asNumeric, divide } from '../bind/arithmetic.js';
import { castTo } from '../bind/coerce.js';
import { compilationError, notEmulated } from '../errors.js';
import { ARRAY, BOOLEAN, COUNT, FLOAT, number, OBJECT, type SqlType, text, VARIANT } from '../types.js';
import { asFloat, asText } from './arguments.js';
import type { AggregateCall, AggregateFunction } from './function.js';

function only({ args, place }: AggregateCall, count = 1) {
  if (args.length !== count)
    throw compilationError(
      '000938',
      '22023',
      `an aggregate has ${count} arguments, here ${args.length}`,
      place,
    );
  return args[0]!;
}

const count: AggregateFunction = (call) => {
  if (call.star) return { sql: call.plain('count', '*'), type: COUNT };
  if (call.args.length > 1) {
    // rows of which no value is null
    if (!call.distinct) throw notEmulated('COUNT of several columns without DISTINCT', call.place);
    const row = `(${call.args.map(({ sql }) => sql).join(', ')})`;
    const present = call.args.map(({ sql }) => `${sql} is not null`).join(' and ');
    return { sql: call.call('count', `case when ${present} then ${row} end`), type: COUNT };
  }
  return { sql: call.call('count', only(call).sql), type: COUNT };
};

const sum: AggregateFunction = (call) => {
  const { sql, type } = asNumeric(only(call), call.place);
  if (type.type === 'float') return { sql: call.call('sum', sql), type };
  const scale = type.type === 'number' ? type.scale : 0;
  return { sql: call.call('sum', scale === 0 ? `cast(${sql} as hugeint)` : sql), type: number(38, scale) };
};

/** Of numbers the exact sum divided by the count, with the digits of a division; of doubles a double. */
const average: AggregateFunction = (call) => {
  const value = asNumeric(only(call), call.place);
  if (value.type.type !== 'number') return { sql: call.call('avg', value.sql), type: FLOAT };
  const total = {
    sql: sum(call).sql,
    type: { type: 'number', precision: 38, scale: value.type.scale } as const,
  };
  return divide(total, {
    sql: `nullif(${call.call('count', value.sql)}, 0)`,
    type: { type: 'number', precision: 18, scale: 0 },
  });
};

const extreme =
  (duck: string): AggregateFunction =>
  (call) => ({ sql: call.call(duck, only(call).sql), type: only(call).type });
const floating =
  (duck: string): AggregateFunction =>
  (call) => ({ sql: call.call(duck, asFloat(only(call), call.place)), type: FLOAT });
const logical =
  (duck: string): AggregateFunction =>
  (call) => ({ sql: call.call(duck, castTo(only(call), BOOLEAN)), type: BOOLEAN });
const by =
  (duck: string): AggregateFunction =>
  (call) => {
    only(call, 2);
    return { sql: call.call(duck, call.args.map(({ sql }) => sql).join(', ')), type: call.args[0]!.type };
  };

/** Of nothing it gives the empty text, not null. */
const listagg: AggregateFunction = (call) => {
  const [value, separator] = call.args;
  const inner = `${asText(value!, call.place)}, ${separator ? asText(separator, call.place) : `''`}`;
  return {
    sql: `coalesce(${call.call('string_agg', call.order ? `${inner} order by ${call.order}` : inner)}, '')`,
    type: text(),
  };
};

/** Nulls are left out; of nothing it gives an empty array. */
const arrayAgg: AggregateFunction = (call) => {
  const value = castTo(only(call), VARIANT);
  const list = call.call('list', call.order ? `${value} order by ${call.order}` : value);
  return {
    sql: `coalesce(to_json(list_filter(${list}, lambda one: one is not null)), cast('[]' as json))`,
    type: ARRAY,
  };
};

const percentile =
  (duck: string): AggregateFunction =>
  (call) => {
    const value = /^(.*) (asc|desc) nulls (first|last)$/s.exec(call.order ?? '');
    if (value?.[2] !== 'asc') throw notEmulated('PERCENTILE without ascending WITHIN GROUP', call.place);
    return { sql: call.plain(duck, `cast(${value[1]} as double), ${only(call).sql}`), type: FLOAT };
  };

const hashAgg: AggregateFunction = (call) => ({
  sql: `coalesce(cast(${call.call('sum', `cast(hash(hash(${call.args.map(({ sql }) => sql).join(', ')})) as hugeint)`)} % 9223372036854775808 as bigint), 0)`,
  type: number(19),
});

export const AGGREGATES: Readonly<Record<string, AggregateFunction>> = Object.assign(Object.create(null), {
  COUNT: count,
  COUNT_IF: (call: AggregateCall) => ({
    sql: call.call('count_if', castTo(only(call), BOOLEAN)),
    type: COUNT,
  }),
  SUM: sum,
  AVG: average,
  MIN: extreme('min'),
  MAX: extreme('max'),
  ANY_VALUE: extreme('any_value'),
  MODE: extreme('mode'),
  MEDIAN: floating('median'),
  STDDEV: floating('stddev_samp'),
  STDDEV_SAMP: floating('stddev_samp'),
  STDDEV_POP: floating('stddev_pop'),
  VARIANCE: floating('var_samp'),
  VAR_SAMP: floating('var_samp'),
  VAR_POP: floating('var_pop'),
  BOOLAND_AGG: logical('bool_and'),
  BOOLOR_AGG: logical('bool_or'),
  MIN_BY: by('min_by'),
  MAX_BY: by('max_by'),
  LISTAGG: listagg,
  STRING_AGG: listagg,
  ARRAY_AGG: arrayAgg,
  OBJECT_AGG: (call: AggregateCall) => {
    only(call, 2);
    return {
      sql: call.plain('json_group_object', `${asText(call.args[0]!)}, ${castTo(call.args[1]!, VARIANT)}`),
      type: OBJECT as SqlType,
    };
  },
  PERCENTILE_CONT: percentile('quantile_cont'),
  PERCENTILE_DISC: percentile('quantile_disc'),
  APPROX_COUNT_DISTINCT: (call: AggregateCall) => ({
    sql: call.plain('count', `distinct ${only(call).sql}`),
    type: COUNT,
  }),
  HASH_AGG: hashAgg,
} satisfies Record<string, AggregateFunction>);
