import { castTo, commonType, unify } from '../bind/coerce.js';
import type { Typed } from '../bind/typed.js';
import type { Place } from '../errors.js';
import { BOOLEAN, number, type SqlType } from '../types.js';
import { type ScalarFunction, scalar } from './function.js';

const coalesce = scalar(1, 255, (args, place) => {
  const { type, sqls } = unify(args, place);
  return { sql: `coalesce(${sqls.join(', ')})`, type };
});

/** GREATEST and LEAST are null as soon as one argument is; in DuckDB nulls are left out. */
function extreme(duck: string): ScalarFunction {
  return scalar(1, 255, (args, place) => {
    const { type, sqls } = unify(args, place);
    const anyNull = sqls.map((sql) => `${sql} is null`).join(' or ');
    return { sql: `(case when ${anyNull} then null else ${duck}(${sqls.join(', ')}) end)`, type };
  });
}

function ignoringNulls(duck: string): ScalarFunction {
  return scalar(1, 255, (args, place) => {
    const { type, sqls } = unify(args, place);
    return { sql: `${duck}(${sqls.join(', ')})`, type };
  });
}

function choose(condition: string, values: readonly Typed[], place: Place): Typed {
  const { type, sqls } = unify(values, place);
  return { sql: `(case when ${condition} then ${sqls[0]} else ${sqls[1]} end)`, type };
}

const ZERO: Typed = { sql: 'cast(0 as hugeint)', type: number(1) };

export const CONDITIONALS: Readonly<Record<string, ScalarFunction>> = {
  COALESCE: coalesce,
  NVL: { ...coalesce, min: 2, max: 2 },
  IFNULL: { ...coalesce, min: 2, max: 2 },
  IFF: scalar(3, 3, ([condition, yes, no], place) =>
    choose(castTo(condition!, BOOLEAN, 'cast', place), [yes!, no!], place),
  ),
  NVL2: scalar(3, 3, ([value, yes, no], place) => choose(`${value!.sql} is not null`, [yes!, no!], place)),
  NULLIF: scalar(2, 2, ([a, b], place) => {
    const common: SqlType = commonType(a!.type, b!.type, place);
    return {
      sql: `(case when ${castTo(a!, common)} = ${castTo(b!, common)} then null else ${a!.sql} end)`,
      type: a!.type,
    };
  }),
  EQUAL_NULL: scalar(2, 2, (args, place) => ({
    sql: `(${unify(args, place).sqls.join(' is not distinct from ')})`,
    type: BOOLEAN,
  })),
  ZEROIFNULL: scalar(1, 1, ([value], place) => {
    const { type, sqls } = unify([value!, ZERO], place);
    return { sql: `coalesce(${sqls.join(', ')})`, type };
  }),
  NULLIFZERO: scalar(1, 1, ([value]) => ({ sql: `nullif(${value!.sql}, 0)`, type: value!.type })),
  GREATEST: extreme('greatest'),
  LEAST: extreme('least'),
  GREATEST_IGNORE_NULLS: ignoringNulls('greatest'),
  LEAST_IGNORE_NULLS: ignoringNulls('least'),
};
