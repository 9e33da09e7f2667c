const DAY_MS = 86_400_000;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

/** `2015-01-31` as days since 1970-01-01; undefined for anything else. */
export function dayFromText(text: string | undefined): number | undefined {
  if (!text || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined;
  const time = Date.parse(`${text}T00:00:00Z`);
  const isDay = Number.isFinite(time) && new Date(time).toISOString().startsWith(text);
  return isDay ? time / DAY_MS : undefined;
}

/** Days since 1970-01-01 as `2015-01-31`; '' for undefined. */
export function dayToText(day: number | undefined): string {
  return day === undefined ? '' : new Date(day * DAY_MS).toISOString().slice(0, 10);
}

/** `31 Jan 2015` */
export function formatDay(day: number): string {
  const date = new Date(day * DAY_MS);
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
}

/** Months since January of the year 0: equal for the days of one month, one more in the next. */
export function monthOfDay(day: number): number {
  const date = new Date(day * DAY_MS);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
}

/** The month as {@link monthOfDay} counts: `Jan 2015`. */
export function formatMonth(month: number): string {
  return `${MONTHS[month % 12]} ${Math.floor(month / 12)}`;
}

/** The name of a month, 0 to 11: `Jan`. */
export function monthName(month: number): string {
  return MONTHS[month] ?? '';
}

/** `31 Jan 2015, 14:05 UTC` of an ISO time. */
export function formatTime(iso: string): string {
  const time = Date.parse(iso);
  if (!Number.isFinite(time)) return iso;
  return `${formatDay(Math.floor(time / DAY_MS))}, ${new Date(time).toISOString().slice(11, 16)} UTC`;
}

/** How long ago that was: `3 days ago`. @param now both in milliseconds since 1970 */
export function formatAgo(iso: string, now: number): string {
  const seconds = Math.max(0, (now - Date.parse(iso)) / 1000);
  const units = [
    [86_400 * 365, 'year'],
    [86_400 * 30, 'month'],
    [86_400, 'day'],
    [3600, 'hour'],
    [60, 'minute'],
  ] as const;
  for (const [length, name] of units) {
    const count = Math.floor(seconds / length);
    if (count > 0) return `${count} ${name}${count === 1 ? '' : 's'} ago`;
  }
  return 'just now';
}
