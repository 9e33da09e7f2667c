import { castTo } from '../bind/coerce.js';
import type { Typed } from '../bind/typed.js';
import { compilationError, notEmulated, type Place } from '../errors.js';
import { DATE, number, type SqlType, TIME, text, timestamp } from '../types.js';
import { asTemporal, asText, asTimestamp, asWhole } from './arguments.js';
import { datePart, OF_DATES } from './date-parts.js';
import { type Argument, type ScalarFunction, scalar } from './function.js';

/** DuckDB's expression for a part. The week is the ISO week, its first day Monday, as WEEK_START 0 has it. */
function partOf(part: string, { sql }: Typed): Typed {
  const whole = (duck: string, digits = 9): Typed => ({ sql: `${duck}(${sql})`, type: number(digits) });
  switch (part) {
    case 'year':
    case 'quarter':
    case 'month':
    case 'day':
    case 'hour':
    case 'minute':
    case 'dayofweek':
    case 'dayofyear':
      return whole(part, 4);
    case 'week':
      return whole('weekofyear', 2);
    case 'dayofweekiso':
      return whole('isodow', 1);
    case 'second':
      return { sql: `cast(floor(extract(second from ${sql})) as integer)`, type: number(2) };
    case 'epoch_second':
      return { sql: `cast(floor(epoch(${sql})) as hugeint)`, type: number(18) };
    case 'epoch_millisecond':
      return { sql: `epoch_ms(${sql})`, type: number(18) };
    case 'epoch_microsecond':
      return { sql: `epoch_us(${sql})`, type: number(18) };
    default:
      throw notEmulated(`the part ${part} of a time`);
  }
}

const part = (name: string): ScalarFunction =>
  scalar(1, 1, ([value], place) => partOf(name, asTemporal(value!, place)));

const add = scalar(3, 3, ([unit, amount, given], place) => {
  const name = datePart(unit!, place);
  const value = asTemporal(given!, place);
  const duck: Readonly<Record<string, string>> = {
    quarter: 'months',
    millisecond: 'milliseconds',
    microsecond: 'microseconds',
  };
  const times = name === 'quarter' ? ' * 3' : '';
  const sql = `(${value.sql} + to_${duck[name] ?? `${name}s`}(cast(${asWhole(amount!, place)}${times} as ${/second|minute|hour/.test(name) && name !== 'second' ? 'bigint' : name === 'second' ? 'double' : 'integer'})))`;
  return value.type.type === 'date' && OF_DATES.has(name)
    ? { sql: `cast(${sql} as date)`, type: DATE }
    : { sql, type: value.type.type === 'date' ? timestamp() : value.type };
});

/** Counts the borders that lie between, as DuckDB's date_diff does. */
const difference = scalar(3, 3, ([unit, from, to], place) => {
  const [a, b] = [from!, to!].map((value) => asTimestamp(asTemporal(value, place), place));
  return { sql: `date_diff('${datePart(unit!, place)}', ${a}, ${b})`, type: number(9) };
});

/** The format that was given, in DuckDB's letters. */
function formatOf({ constant }: Argument, place: Place): string {
  if (constant === undefined) throw notEmulated('a format that is no constant', place);
  const rest = constant.replace(/YYYY|MM|DD|HH24|MI|SS|FF3|FF6|FF|[-/ :.T"]/gi, '');
  if (rest !== '') throw notEmulated(`'${rest}' in the format '${constant}'`, place);
  const letters: Readonly<Record<string, string>> = {
    YYYY: '%Y',
    MM: '%m',
    DD: '%d',
    HH24: '%H',
    MI: '%M',
    SS: '%S',
    FF3: '%g',
    FF6: '%f',
    FF: '%n',
    '"': '',
  };
  return constant.replace(/YYYY|MM|DD|HH24|MI|SS|FF3|FF6|FF|"/gi, (letter) => letters[letter.toUpperCase()]!);
}

/** TO_TIMESTAMP and its like: of a text, with a format or not; of a number of seconds, or of a fraction with a scale. */
function convert(to: SqlType, isTry: boolean): ScalarFunction {
  return scalar(1, 2, ([value, more], place) => {
    const [given, second] = [value!, more];
    const { type } = given.type;
    if (type === 'number' || type === 'float') {
      if (isTry) throw compilationError('001065', '22023', 'TRY_ functions take texts only', place);
      const scale = second ? Number(second.constant) : 0;
      if (![0, 3, 6].includes(scale))
        throw notEmulated(`a timestamp of a number with scale ${second?.constant}`, place);
      const micros = `cast(cast(${given.sql} as decimal(38,6)) * ${10 ** (6 - scale)} as bigint)`;
      return { sql: castTo({ sql: `make_timestamp(${micros})`, type: timestamp() }, to), type: to };
    }
    if (second) {
      const code = to.type === 'date' ? `'100040 22007', 'Date'` : `'100035 22007', 'Timestamp'`;
      const parsed = `try_strptime(${asText(given, place)}, '${formatOf(second, place)}')`;
      const checked = isTry ? parsed : `sf_parsed(${asText(given, place)}, ${parsed}, ${code})`;
      return { sql: castTo({ sql: checked, type: timestamp() }, to), type: to };
    }
    // digits alone are seconds since 1970
    if (type === 'text' && to.type !== 'date')
      return {
        sql: `(case when regexp_full_match(${given.sql}, '\\d+') then make_timestamp(try_cast(${given.sql} as bigint) * 1000000) else ${castTo(given, to, isTry ? 'try' : 'cast', place)} end)`,
        type: to,
      };
    return { sql: castTo(given, to, isTry ? 'try' : 'cast', place), type: to };
  });
}

const toDate = convert(DATE, false);
const toTimestamp = convert(timestamp(), false);

export const TEMPORAL_FUNCTIONS: Readonly<Record<string, ScalarFunction>> = {
  YEAR: part('year'),
  QUARTER: part('quarter'),
  MONTH: part('month'),
  DAY: part('day'),
  DAYOFMONTH: part('day'),
  HOUR: part('hour'),
  MINUTE: part('minute'),
  SECOND: part('second'),
  WEEK: part('week'),
  WEEKOFYEAR: part('week'),
  WEEKISO: part('week'),
  // 0 = Sunday, while WEEK_START is 0
  DAYOFWEEK: part('dayofweek'),
  DAYOFWEEKISO: part('dayofweekiso'),
  DAYOFYEAR: part('dayofyear'),
  DATE_PART: scalar(2, 2, ([unit, value], place) =>
    partOf(datePart(unit!, place), asTemporal(value!, place)),
  ),
  DATEADD: add,
  TIMEADD: add,
  TIMESTAMPADD: add,
  DATEDIFF: difference,
  TIMEDIFF: difference,
  TIMESTAMPDIFF: difference,
  DATE_TRUNC: scalar(2, 2, ([unit, given], place) => {
    const value = asTemporal(given!, place);
    const sql = `date_trunc('${datePart(unit!, place)}', ${value.sql})`;
    return { sql: value.type.type === 'date' ? `cast(${sql} as date)` : sql, type: value.type };
  }),
  LAST_DAY: scalar(1, 1, ([value], place) => ({
    sql: `last_day(${asTemporal(value!, place).sql})`,
    type: DATE,
  })),
  DAYNAME: scalar(1, 1, ([value], place) => ({
    sql: `strftime(${asTemporal(value!, place).sql}, '%a')`,
    type: text(3),
  })),
  MONTHNAME: scalar(1, 1, ([value], place) => ({
    sql: `strftime(${asTemporal(value!, place).sql}, '%b')`,
    type: text(3),
  })),
  DATE_FROM_PARTS: scalar(3, 3, (args, place) => ({
    sql: `make_date(${args.map((arg) => `cast(${asWhole(arg, place)} as bigint)`).join(', ')})`,
    type: DATE,
  })),
  TO_DATE: toDate,
  DATE: toDate,
  TRY_TO_DATE: convert(DATE, true),
  TO_TIMESTAMP: toTimestamp,
  TO_TIMESTAMP_NTZ: toTimestamp,
  TRY_TO_TIMESTAMP: convert(timestamp(), true),
  TRY_TO_TIMESTAMP_NTZ: convert(timestamp(), true),
  TO_TIME: scalar(1, 1, ([value], place) => ({ sql: castTo(value!, TIME, 'cast', place), type: TIME })),
  // of the zone of the session, which is UTC here
  CONVERT_TIMEZONE: scalar(2, 3, ([first, second, third], place) => {
    const zones = (third ? [first, second] : [first]).map((zone) => zone?.constant?.toUpperCase());
    if (zones.some((zone) => zone !== 'UTC'))
      throw notEmulated('CONVERT_TIMEZONE between other zones than UTC', place);
    return { sql: asTimestamp((third ?? second)!, place), type: timestamp() };
  }),
};

/** TO_CHAR of a date or timestamp with a format. */
export function formatTime(value: Typed, format: Argument, place: Place): Typed {
  return { sql: `strftime(${value.sql}, '${formatOf(format, place)}')`, type: text() };
}
