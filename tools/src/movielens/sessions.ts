import { DAY, LAST_SECOND } from './calendar.js';
import { normalSlices } from './normal.js';
import type { Random } from './rng.js';

/** Nobody keeps rating for more than about this many movies in one sitting. */
const MOST_PER_SESSION = 300;
/** Casual users spread their ratings over no more sessions than one per this many. */
const LEAST_PER_SESSION = 8;
const SLICES = 4_096;
const NORMAL = normalSlices(SLICES);
/** Seconds between two ratings of a session: half within 9 s, often none, at most 20 minutes. */
const RATING_GAPS = Int32Array.from(NORMAL, (z) =>
  Math.min(1_200, Math.floor(Math.exp(Math.log(9) + 1.63 * z))),
);
/** Seconds from the end of a session to the start of the next: half within 12 days, at least 6 hours. */
const SESSION_GAPS = Int32Array.from(NORMAL, (z) =>
  Math.max(DAY / 4, Math.min(1_500 * DAY, Math.round(12 * DAY * Math.exp(2 * z)))),
);

/** How many sessions a user with `ratings` ratings has: one for most, a long tail for the active. */
export function drawSessionCount(random: Random, ratings: number): number {
  const least = Math.ceil(ratings / MOST_PER_SESSION);
  const most = Math.max(least, Math.floor(ratings / LEAST_PER_SESSION));
  const chance = random.real();
  const wanted =
    chance < 0.6 ? 1 : chance < 0.76 ? 2 : chance < 0.84 ? 3 : 2 + Math.floor(2 / (1 - random.real()));
  return Math.min(most, Math.max(least, wanted));
}

/**
 * How many of the `left` ratings of a user come in the next of `sessions` sessions: the first is the largest as a
 * rule, since the site asks for a first batch. At least one is kept for each later session.
 */
export function drawSessionSize(random: Random, left: number, sessions: number, first: boolean): number {
  if (sessions === 1) return left;
  const fair = left / sessions;
  const size = Math.round(fair * (first ? 1 + random.real() : 0.5 + random.real()));
  return Math.max(1, Math.min(left - (sessions - 1), size));
}

/** Seconds from one rating to the next of the same session. */
export function drawRatingGap(random: Random): number {
  return RATING_GAPS[random.uint32() >>> 20]!;
}

/** The start of the next session, in epoch seconds, early enough that the `left` sessions from it on still fit. */
export function drawNextStart(random: Random, end: number, left: number): number {
  const room = Math.floor((LAST_SECOND - end) / (left + 1));
  return end + Math.max(0, Math.min(room, SESSION_GAPS[random.uint32() >>> 20]!));
}
