import { dayFromText, dayToText } from '../format/dates.js';

/** A filter of a page, and how it stands in the address. */
export interface Filter<T> {
  /** @param text undefined if the address does not name it */
  parse(text: string | undefined): T;
  /** @returns undefined for what need not stand in the address */
  format(value: T): string | undefined;
}

/** Days since 1970-01-01, both ends included; undefined is open. */
export interface DayRange {
  readonly from: number | undefined;
  readonly to: number | undefined;
}

/** One of some values; the first is taken where the address names none of them. */
export function oneOf<const T extends string>(values: readonly [T, ...T[]]): Filter<T> {
  return {
    parse: (text) => values.find((value) => value === text) ?? values[0],
    format: (value) => (value === values[0] ? undefined : value),
  };
}

/** Any text. */
export const textFilter: Filter<string> = {
  parse: (text = '') => text,
  format: (value) => (value === '' ? undefined : value),
};

/** Some of many values; none chosen means all. */
export const someOf: Filter<readonly string[]> = {
  parse: (text) => (text === undefined ? [] : text.split('~').map(unescapePart)),
  format: (values) => (values.length === 0 ? undefined : values.map(escapePart).join('~')),
};

/** `2015-01-01..2015-12-31`, with an end left out where it is open. */
export const dayRange: Filter<DayRange> = {
  parse: (text = '') => {
    const [from, to] = text.split('..').map(dayFromText);
    return from !== undefined && to !== undefined && from > to ? { from: to, to: from } : { from, to };
  },
  format: ({ from, to }) =>
    from === undefined && to === undefined ? undefined : `${dayToText(from)}..${dayToText(to)}`,
};

const escapePart = (part: string) => part.replaceAll('%', '%25').replaceAll('~', '%7E');
const unescapePart = (part: string) => part.replaceAll('%7E', '~').replaceAll('%25', '%');
