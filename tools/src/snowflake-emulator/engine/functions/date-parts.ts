import { notEmulated, type Place } from '../errors.js';
import type { Argument } from './function.js';

/** Functions whose first argument is a part of a date, with or without quotes. */
export const DATE_PART_FIRST: ReadonlySet<string> = new Set(
  'DATEADD TIMEADD TIMESTAMPADD DATEDIFF TIMEDIFF TIMESTAMPDIFF DATE_TRUNC DATE_PART'.split(' '),
);

const PARTS: Readonly<Record<string, readonly string[]>> = {
  year: ['y', 'yy', 'yyy', 'yyyy', 'yr', 'years', 'yrs'],
  quarter: ['q', 'qtr', 'qtrs', 'quarters'],
  month: ['mm', 'mon', 'mons', 'months'],
  week: ['w', 'wk', 'weekofyear', 'woy', 'wy', 'weeks'],
  day: ['d', 'dd', 'days', 'dayofmonth'],
  hour: ['h', 'hh', 'hr', 'hours', 'hrs'],
  minute: ['m', 'mi', 'min', 'minutes', 'mins'],
  second: ['s', 'sec', 'seconds', 'secs'],
  millisecond: ['ms', 'msec', 'milliseconds'],
  microsecond: ['us', 'usec', 'microseconds'],
  dayofweek: ['weekday', 'dow', 'dw'],
  dayofweekiso: ['weekday_iso', 'dow_iso', 'dw_iso'],
  dayofyear: ['yearday', 'doy', 'dy'],
  epoch_second: ['epoch', 'epoch_seconds'],
  epoch_millisecond: ['epoch_milliseconds'],
  epoch_microsecond: ['epoch_microseconds'],
};

const NAMES = new Map(
  Object.entries(PARTS).flatMap(([part, names]) => [part, ...names].map((name) => [name, part] as const)),
);

/** The part that an argument means: `dd` is `day`. */
export function datePart(argument: Argument, place: Place): string {
  const part = NAMES.get(argument.constant?.toLowerCase() ?? '');
  if (!part) throw notEmulated(`the date part ${argument.constant ?? 'that is no constant'}`, place);
  return part;
}

/** Parts that a date has; the others need a time of day. */
export const OF_DATES: ReadonlySet<string> = new Set(['year', 'quarter', 'month', 'week', 'day']);
