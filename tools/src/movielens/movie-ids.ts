import type { Random } from './rng.js';
import { SCALES } from './scale.js';

/** The ids up to here were given one by one; from then on ids were shared with movies that nobody rated. */
const DENSE_UP_TO = 8_800;
const SPARSE_FROM = 25_800;
/** The largest ids of the published sets: the small one was drawn later, when more ids had been given. */
const LARGEST = { small: 193_609, '20m': 131_262 } as const;

function largestId(movies: number): number {
  const small = SCALES.small.movies;
  const position = Math.log(movies / small) / Math.log(SCALES['20m'].movies / small);
  const clamped = Math.min(1, Math.max(0, position));
  return Math.round(LARGEST.small + clamped * (LARGEST['20m'] - LARGEST.small));
}

/** Fills ids[from..to) with rising distinct numbers between `low` and `high`, each set of them as likely as another. */
function sample(
  random: Random,
  ids: Int32Array,
  [from, to]: [number, number],
  [low, high]: [number, number],
): void {
  let at = from;
  for (let id = low; id <= high && at < to; id++) {
    if (random.real() * (high - id + 1) < to - at) ids[at++] = id;
  }
}

/**
 * Rising movie ids with gaps like the real ones: nearly dense up to about 8,800, then sparse from 25,800 up to the
 * set's largest id, which is always there when there are two movies or more.
 */
export function movieIds(random: Random, movies: number): Int32Array {
  const ids = new Int32Array(movies);
  const dense = Math.min(Math.ceil(movies / 2), Math.floor(DENSE_UP_TO * 0.97));
  const largest = Math.max(largestId(movies), SPARSE_FROM + 2 * movies);
  sample(random, ids, [0, dense], [1, DENSE_UP_TO]);
  sample(random, ids, [dense, movies - 1], [SPARSE_FROM, largest - 1]);
  if (movies > 1) ids[movies - 1] = largest;
  return ids;
}

/** `howMany` rising ids that no movie has, drawn between the given rising ids. */
export function unusedIds(random: Random, ids: Int32Array, howMany: number): number[] {
  const taken = new Set(ids);
  const unused = new Set<number>();
  const largest = ids[ids.length - 1]!;
  while (unused.size < howMany) {
    const id = SPARSE_FROM + random.below(Math.max(1, largest - SPARSE_FROM));
    if (!taken.has(id)) unused.add(id);
  }
  return [...unused].sort((a, b) => a - b);
}
