import { castTo } from '../bind/coerce.js';
import { COUNT, FLOAT } from '../types.js';
import { asBigint } from './arguments.js';
import type { AggregateFunction } from './function.js';

const counted =
  (duck: string): AggregateFunction =>
  (call) => ({ sql: call.plain(duck, ''), type: COUNT });
const share =
  (duck: string): AggregateFunction =>
  (call) => ({ sql: call.plain(duck, ''), type: FLOAT });
const ofValue =
  (duck: string): AggregateFunction =>
  (call) => ({ sql: call.call(duck, call.args[0]!.sql), type: call.args[0]!.type });

/** LAG and LEAD: value, offset, default. */
const shifted =
  (duck: string): AggregateFunction =>
  (call) => {
    const [value, offset, otherwise] = call.args;
    const more = [
      ...(offset ? [asBigint(offset, call.place)] : otherwise ? ['1'] : []),
      ...(otherwise ? [castTo(otherwise, value!.type, 'cast', call.place)] : []),
    ];
    return { sql: call.call(duck, [value!.sql, ...more].join(', ')), type: value!.type };
  };

/** Functions that only stand before OVER. */
export const WINDOWED: Readonly<Record<string, AggregateFunction>> = Object.assign(Object.create(null), {
  ROW_NUMBER: counted('row_number'),
  RANK: counted('rank'),
  DENSE_RANK: counted('dense_rank'),
  PERCENT_RANK: share('percent_rank'),
  CUME_DIST: share('cume_dist'),
  NTILE: (call) => ({ sql: call.plain('ntile', asBigint(call.args[0]!, call.place)), type: COUNT }),
  FIRST_VALUE: ofValue('first_value'),
  LAST_VALUE: ofValue('last_value'),
  NTH_VALUE: (call) => ({
    sql: call.call('nth_value', `${call.args[0]!.sql}, ${asBigint(call.args[1]!, call.place)}`),
    type: call.args[0]!.type,
  }),
  LAG: shifted('lag'),
  LEAD: shifted('lead'),
  RATIO_TO_REPORT: (call) => {
    const value = castTo(call.args[0]!, FLOAT, 'cast', call.place);
    return { sql: `(${value} / nullif(${call.plain('sum', value)}, 0))`, type: FLOAT };
  },
} satisfies Record<string, AggregateFunction>);
