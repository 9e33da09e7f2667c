import { arithmetic, asNumeric } from '../bind/arithmetic.js';
import { notEmulated, type Place } from '../errors.js';
import { duckType, FLOAT, number } from '../types.js';
import { asFloat, asWhole, requireNumber } from './arguments.js';
import { type Argument, type ScalarFunction, scalar } from './function.js';

const ofFloats = (duck: string, count: number): ScalarFunction =>
  scalar(count, count, (args, place) => ({
    sql: `${duck}(${args.map((arg) => asFloat(arg, place)).join(', ')})`,
    type: FLOAT,
  }));
const ofBits = (make: (a: string, b: string) => string): ScalarFunction =>
  scalar(2, 2, ([a, b], place) => ({ sql: make(asWhole(a!, place), asWhole(b!, place)), type: number() }));
const bitAnd = ofBits((a, b) => `(${a} & ${b})`);
const bitOr = ofBits((a, b) => `(${a} | ${b})`);
const bitXor = ofBits((a, b) => `xor(${a}, ${b})`);
const shiftLeft = ofBits((a, b) => `(${a} << cast(${b} as integer))`);
const shiftRight = ofBits((a, b) => `(${a} >> cast(${b} as integer))`);
const power = ofFloats('pow', 2);

/** `round` and its like with a constant number of digits. */
function toDigits(duck: 'round' | 'floor' | 'ceil' | 'trunc'): ScalarFunction {
  return scalar(1, 2, ([given, places], place) => {
    const value = asNumeric(given!, place);
    const digits = places ? digitsOf(places, place) : 0;
    const type = requireNumber(value, place);
    if (type.type === 'float') {
      const factor = `1e${digits}`;
      return {
        sql:
          duck === 'round'
            ? `round(${value.sql}, ${digits})`
            : `(${duck}(${value.sql} * ${factor}) / ${factor})`,
        type,
      };
    }
    const scale = Math.max(0, Math.min(type.scale, digits));
    if (digits >= type.scale) return value;
    if (digits < 0 && duck !== 'round')
      throw notEmulated(`${duck.toUpperCase()} with fewer than 0 digits of a NUMBER`, place);
    const result = number(type.precision + 1, scale);
    if (duck === 'round')
      return {
        sql:
          digits < 0
            ? `cast(round(${value.sql}, ${digits}) as hugeint)`
            : `cast(${value.sql} as ${scale === 0 ? 'hugeint' : `decimal(38,${scale})`})`,
        type: result,
      };
    if (digits > 0) throw notEmulated(`${duck.toUpperCase()} with digits of a NUMBER`, place);
    return { sql: `cast(${duck}(${value.sql}) as hugeint)`, type: result };
  });
}

function digitsOf({ constant, sql }: Argument, place: Place): number {
  const found = constant ?? /^\(-cast\((\d+) as hugeint\)\)$/.exec(sql)?.[1]?.replace(/^/, '-');
  if (found === undefined || !/^-?\d+$/.test(found))
    throw notEmulated('rounding to digits that are no constant', place);
  return Number(found);
}

const ceil = toDigits('ceil');
const truncate = toDigits('trunc');

/** A quotient that is 0 where its divisor counts as 0. */
function zeroDivided(isZero: (divisor: string) => string): ScalarFunction {
  return scalar(2, 2, ([a, b], place) => {
    const divisor = asNumeric(b!, place);
    const quotient = arithmetic('/', a!, { ...divisor, sql: `nullif(${divisor.sql}, 0)` }, place);
    return {
      sql: `(case when ${isZero(b!.sql)} and ${a!.sql} is not null then cast(0 as ${duckType(quotient.type)}) else ${quotient.sql} end)`,
      type: quotient.type,
    };
  });
}

export const NUMERIC_FUNCTIONS: Readonly<Record<string, ScalarFunction>> = {
  ABS: scalar(1, 1, ([value], place) => {
    const { sql, type } = asNumeric(value!, place);
    return { sql: `abs(${sql})`, type };
  }),
  SIGN: scalar(1, 1, ([value], place) => ({ sql: `sign(${asNumeric(value!, place).sql})`, type: number(1) })),
  ROUND: toDigits('round'),
  FLOOR: toDigits('floor'),
  CEIL: ceil,
  CEILING: ceil,
  TRUNC: truncate,
  TRUNCATE: truncate,
  MOD: scalar(2, 2, ([a, b], place) => arithmetic('%', a!, b!, place)),
  // 0 where the divisor is 0; null where one is null
  DIV0: zeroDivided((divisor) => `${divisor} = 0`),
  DIV0NULL: zeroDivided((divisor) => `coalesce(${divisor}, 0) = 0`),
  SQRT: ofFloats('sqrt', 1),
  EXP: ofFloats('exp', 1),
  LN: ofFloats('ln', 1),
  POWER: power,
  POW: power,
  PI: ofFloats('pi', 0),
  LOG: scalar(2, 2, ([base, value], place) => ({
    sql: `(ln(${asFloat(value!, place)}) / ln(${asFloat(base!, place)}))`,
    type: FLOAT,
  })),
  BITAND: bitAnd,
  BIT_AND: bitAnd,
  BITOR: bitOr,
  BIT_OR: bitOr,
  BITXOR: bitXor,
  BIT_XOR: bitXor,
  BITSHIFTLEFT: shiftLeft,
  BIT_SHIFTLEFT: shiftLeft,
  BITSHIFTRIGHT: shiftRight,
  BIT_SHIFTRIGHT: shiftRight,
};
