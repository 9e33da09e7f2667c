/** Seconds since 1970-01-01 00:00:00 UTC are the unit of all times here. */
const epoch = (year: number, month: number, day: number): number => Date.UTC(year, month - 1, day) / 1000;

export const DAY = 86_400;
export const FIRST_YEAR = 1996;
export const LAST_YEAR = 2018;
/** No rating or tag is earlier than FIRST_SECOND or later than LAST_SECOND. */
export const FIRST_SECOND = epoch(FIRST_YEAR, 1, 1);
export const LAST_SECOND = epoch(2018, 9, 26) - 1;
/** Before this day only whole stars could be given. */
export const HALF_STARS_SINCE = epoch(2003, 2, 18);
/** Tagging came to the site at the end of 2005. */
export const TAGS_SINCE = epoch(2005, 12, 1);

/** Per year from 1996 to 2018: how many users start in it, in proportion. */
const STARTS = [
  7, 3, 2, 4, 7, 3.5, 3, 3, 3, 4, 3, 3.5, 2.5, 2.5, 4.5, 4.5, 5.5, 5, 4.5, 7.5, 7.5, 7, 5,
] as const;
/** Per year from 1996 to 2018: the share of all movies that is in the catalogue by the end of it. */
const CATALOGUE = [
  0.1, 0.12, 0.15, 0.21, 0.3, 0.33, 0.37, 0.41, 0.45, 0.48, 0.51, 0.54, 0.57, 0.59, 0.62, 0.66, 0.7, 0.75,
  0.8, 0.86, 0.92, 0.97, 1,
] as const;

const YEAR_STARTS: readonly number[] = Array.from({ length: CATALOGUE.length + 1 }, (_, i) =>
  epoch(FIRST_YEAR + i, 1, 1),
);

/** The UTC year of a time between FIRST_SECOND and the end of LAST_YEAR. */
export function yearOf(seconds: number): number {
  let i = 0;
  while (i < CATALOGUE.length - 1 && seconds >= YEAR_STARTS[i + 1]!) i++;
  return FIRST_YEAR + i;
}

/** How many of `movies` movies, in the order in which they were added, are in the catalogue in `year`; at least one. */
export function availableMovies(year: number, movies: number): number {
  return Math.max(1, Math.round(movies * CATALOGUE[year - FIRST_YEAR]!));
}

/** The year in which movie `index` (0 is the first added) of `movies` came into the catalogue. */
export function yearAdded(index: number, movies: number): number {
  let year = FIRST_YEAR;
  while (year < LAST_YEAR && index >= availableMovies(year, movies)) year++;
  return year;
}

/** The start of a user that has a share `position` (0 <= position < 1) of all users before it in time. */
export function startAt(position: number): number {
  const total = STARTS.reduce((sum, share) => sum + share, 0);
  let left = position * total;
  let i = 0;
  while (i < STARTS.length - 1 && left >= STARTS[i]!) left -= STARTS[i++]!;
  const from = YEAR_STARTS[i]!;
  const to = Math.min(YEAR_STARTS[i + 1]!, LAST_SECOND - 14 * DAY);
  return Math.floor(from + ((to - from) * left) / STARTS[i]!);
}

/** The first second of a year. */
export function startOfYear(year: number): number {
  return YEAR_STARTS[year - FIRST_YEAR]!;
}
