import { dayRange, useFilter } from '@matinee/site/browser';
import { type Days, type OpenDays, within } from '../../numbers/days.js';

/** The filter of days that the pages of the audience share: a link from one to the other keeps it. */
export function useDays(all: Days) {
  const [filter, setFilter] = useFilter('days', dayRange);
  return { filter, setFilter, days: within(filter, all), linked: linkedDays(filter) };
}

/** The filter as it stands in an address. */
function linkedDays(filter: OpenDays): Readonly<Record<string, string>> {
  const text = dayRange.format(filter);
  return text === undefined ? {} : { days: text };
}
