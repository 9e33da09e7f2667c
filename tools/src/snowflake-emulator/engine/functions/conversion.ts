import { castTo } from '../bind/coerce.js';
import { literal, type Typed } from '../bind/typed.js';
import { notEmulated, type Place } from '../errors.js';
import { ARRAY, BOOLEAN, FLOAT, isTimestamp, number, OBJECT, type SqlType, text, VARIANT } from '../types.js';
import { asText } from './arguments.js';
import { type Argument, type ScalarFunction, scalar } from './function.js';
import { formatTime } from './temporal.js';

const to = (type: SqlType, isTry = false): ScalarFunction =>
  scalar(1, 1, ([value], place) => ({ sql: castTo(value!, type, isTry ? 'try' : 'cast', place), type }));

/** TO_NUMBER(value, precision, scale); a format is refused. */
function toNumber(isTry: boolean): ScalarFunction {
  return scalar(1, 3, ([value, precision, scale], place) => {
    const type = number(precision ? size(precision, place) : 38, scale ? size(scale, place) : 0);
    return { sql: castTo(value!, type, isTry ? 'try' : 'cast', place), type };
  });
}

function size({ constant, type }: Argument, place: Place): number {
  if (type.type !== 'number' || constant === undefined) throw notEmulated('TO_NUMBER with a format', place);
  return Number(constant);
}

/** TME: the shortest text that is the same double, with an exponent or not. */
function scientific(value: Typed, { constant }: Argument, place: Place): string {
  if (value.type.type !== 'float' || constant?.toUpperCase() !== 'TME')
    throw notEmulated('TO_CHAR of a number with a format other than TME for doubles', place);
  return `cast(${value.sql} as varchar)`;
}

const toText = scalar(1, 2, ([value, format], place) => {
  if (!format) return { sql: asText(value!, place), type: text() };
  if (value!.type.type !== 'date' && !isTimestamp(value!.type))
    return { sql: scientific(value!, format, place), type: text() };
  return formatTime(value!, format, place);
});
const numberOf = toNumber(false);
const tryNumber = toNumber(true);

export const CONVERSIONS: Readonly<Record<string, ScalarFunction>> = {
  TO_NUMBER: numberOf,
  TO_DECIMAL: numberOf,
  TO_NUMERIC: numberOf,
  TRY_TO_NUMBER: tryNumber,
  TRY_TO_DECIMAL: tryNumber,
  TRY_TO_NUMERIC: tryNumber,
  TO_DOUBLE: to(FLOAT),
  TRY_TO_DOUBLE: to(FLOAT, true),
  TO_BOOLEAN: to(BOOLEAN),
  TRY_TO_BOOLEAN: to(BOOLEAN, true),
  TO_CHAR: toText,
  TO_VARCHAR: toText,
  TO_VARIANT: to(VARIANT),
  PARSE_JSON: scalar(1, 1, ([value], place) => ({
    sql: `cast(${asText(value!, place)} as json)`,
    type: VARIANT,
  })),
  TRY_PARSE_JSON: scalar(1, 1, ([value], place) => ({
    sql: `try_cast(${asText(value!, place)} as json)`,
    type: VARIANT,
  })),
  TO_JSON: scalar(1, 1, ([value]) => ({ sql: `cast(${castTo(value!, VARIANT)} as varchar)`, type: text() })),
  ARRAY_CONSTRUCT: scalar(0, 255, (args) => ({
    sql:
      args.length === 0
        ? `cast('[]' as json)`
        : `json_array(${args.map((arg) => castTo(arg, VARIANT)).join(', ')})`,
    type: ARRAY,
  })),
  // pairs whose value is null are left out
  OBJECT_CONSTRUCT: scalar(0, 255, (args, place) => {
    if (args.length % 2 === 1) throw notEmulated('OBJECT_CONSTRUCT with an odd number of arguments', place);
    const pairs = args.flatMap((arg, index) =>
      index % 2 === 0 ? [asText(arg, place)] : [castTo(arg, VARIANT)],
    );
    const whole = args.length === 0 ? `cast('{}' as json)` : `json_object(${pairs.join(', ')})`;
    return { sql: `json_merge_patch(cast(${literal('{}')} as json), ${whole})`, type: OBJECT };
  }),
  ARRAY_SIZE: scalar(1, 1, ([value]) => ({ sql: `json_array_length(${value!.sql})`, type: number(9) })),
  GET: scalar(2, 2, ([value, key], place) => ({
    sql: `(${value!.sql} -> ${key!.type.type === 'number' ? `cast(${key!.sql} as integer)` : asText(key!, place)})`,
    type: VARIANT,
  })),
  ARRAY_TO_STRING: scalar(2, 2, ([value, by], place) => ({
    sql: `array_to_string(from_json(${value!.sql}, '["VARCHAR"]'), ${asText(by!, place)})`,
    type: text(),
  })),
};
