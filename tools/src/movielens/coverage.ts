import { startOfYear } from './calendar.js';
import type { Catalogue } from './catalogue.js';
import { Random } from './rng.js';
import type { Users } from './users.js';

/** The movies (indexes) that user u is sure to rate: movies[first[u]] up to, not including, movies[first[u + 1]]. */
export interface Coverage {
  readonly first: Int32Array;
  readonly movies: Int32Array;
}

/** One movie in this many is left to chance, so that a few have no ratings, as in the published sets. */
const LEFT_TO_CHANCE_ONE_IN = 50;
const TRIES = 64;
const NOBODY = -1;

/**
 * Gives nearly every movie one user who is sure to rate it, because drawing by popularity alone would leave much of a
 * long tail unrated. The user has been drawn in proportion to the user's number of ratings, starts no earlier than the
 * movie's year, and has at most half of his or her ratings taken in this way.
 */
export function assignCoverage(seed: number, catalogue: Catalogue, users: Users): Coverage {
  const random = new Random(seed, 'coverage');
  const upTo = new Float64Array(users.ratings.length);
  let total = 0;
  for (const [user, ratings] of users.ratings.entries()) upTo[user] = total += ratings;
  const taken = new Int32Array(users.ratings.length);
  const raters = new Int32Array(catalogue.ids.length).fill(NOBODY);
  for (let movie = 0; movie < raters.length; movie++) {
    if (random.below(LEFT_TO_CHANCE_ONE_IN) === 0) continue;
    const since = startOfYear(catalogue.yearsAdded[movie]!);
    for (let i = 0; i < TRIES; i++) {
      const user = firstAbove(upTo, random.real() * total);
      if (users.starts[user]! < since || 2 * (taken[user]! + 1) > users.ratings[user]!) continue;
      taken[user] = taken[user]! + 1;
      raters[movie] = user;
      break;
    }
  }
  return byUser(raters, taken);
}

/** The first index whose entry in the rising `bounds` is above `value`. */
function firstAbove(bounds: Float64Array, value: number): number {
  let [low, high] = [0, bounds.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (bounds[middle]! > value) high = middle;
    else low = middle + 1;
  }
  return low;
}

function byUser(raters: Int32Array, taken: Int32Array): Coverage {
  const first = new Int32Array(taken.length + 1);
  for (const [user, count] of taken.entries()) first[user + 1] = first[user]! + count;
  const next = first.slice();
  const movies = new Int32Array(first[taken.length]!);
  for (const [movie, user] of raters.entries()) {
    if (user === NOBODY) continue;
    movies[next[user]!] = movie;
    next[user] = next[user]! + 1;
  }
  return { first, movies };
}
