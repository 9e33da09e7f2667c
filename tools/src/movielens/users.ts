import { availableMovies, DAY, FIRST_YEAR, LAST_YEAR, startAt, startOfYear, yearOf } from './calendar.js';
import { normalQuantile } from './normal.js';
import { Random } from './rng.js';
import { MIN_RATINGS_PER_USER, maxRatingsPerUser, type SetCounts } from './scale.js';
import { shareOut } from './share-out.js';

/** The users of a set, by index: user ids are index + 1. */
export interface Users {
  /** How many ratings each gives: 20 or more. */
  readonly ratings: Int32Array;
  /** When each gives the first rating, in epoch seconds. */
  readonly starts: Int32Array;
}

/** Spread of the logarithm of what a user gives beyond the minimum: median about 50 beyond it, mean about 145. */
const SPREAD = 1.46;
const GOLDEN_RATIO = 0.6180339887498949;
/** Nobody rates more than this share of what is in the catalogue when he or she starts. */
const MOST_OF_CATALOGUE = 0.5;

function drawRatings(seed: number, counts: SetCounts): Int32Array {
  const random = new Random(seed, 'ratings per user');
  const weights = new Float64Array(counts.users);
  for (let i = 0; i < weights.length; i++) {
    weights[i] = Math.exp(SPREAD * normalQuantile((random.uint32() + 0.5) / 4294967296));
  }
  const caps = new Int32Array(counts.users).fill(maxRatingsPerUser(counts.movies));
  return shareOut(counts.ratings, weights, { floor: MIN_RATINGS_PER_USER, caps });
}

function earliestStart(ratings: number, movies: number): number {
  let year = FIRST_YEAR;
  while (year < LAST_YEAR && ratings > MOST_OF_CATALOGUE * availableMovies(year, movies)) year++;
  return startOfYear(year);
}

/**
 * Starts are handed out from the most active user down in golden-ratio steps, which spreads the active ones over the
 * years: each year's share of the ratings then hardly depends on the seed.
 */
function drawStarts(seed: number, ratings: Int32Array, movies: number): Int32Array {
  const random = new Random(seed, 'user starts');
  const order = Int32Array.from(ratings, (_, i) => i).sort((a, b) => ratings[b]! - ratings[a]! || a - b);
  const starts = new Int32Array(ratings.length);
  let position = random.real();
  for (const user of order) {
    const earliest = earliestStart(ratings[user]!, movies);
    const start = startAt(position);
    starts[user] = yearOf(earliest) > yearOf(start) ? earliest + random.below(300 * DAY) : start;
    position = (position + GOLDEN_RATIO) % 1;
  }
  return starts;
}

export function makeUsers(seed: number, counts: SetCounts): Users {
  const ratings = drawRatings(seed, counts);
  return { ratings, starts: drawStarts(seed, ratings, counts.movies) };
}
