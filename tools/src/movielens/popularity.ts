import { normalQuantile } from './normal.js';
import type { Random } from './rng.js';

/** Movies added early are more likely to be popular: the head start of the first over the last. */
const HEAD_START = 0.25;
/**
 * Where the top of the long tail bends: this many draws per user count half. It is lower in large sets, whose spread
 * would otherwise have nearly every user rate the same few movies.
 */
const BEND = { base: 3, shrinkPerTenfold: 0.5 } as const;
/** The spread of popularity grows with the set, since more ratings reach further into the rarely seen. */
const SPREAD = { base: 1.9, perTenfold: 0.5, smallestRatings: 100_000, min: 1.2, max: 3.2 } as const;
/** How much worse, in standard deviations, the least popular movies are than the most popular. */
const TAIL_PENALTY = 0.35;

/** Popularity ranks by movie index: a random order in which early movies tend to come first. */
export function drawRanks(random: Random, movies: number): Int32Array {
  const keys = Float64Array.from({ length: movies }, (_, i) => random.real() * (HEAD_START + i / movies));
  const order = Int32Array.from(keys, (_, i) => i).sort((a, b) => keys[a]! - keys[b]! || a - b);
  const ranks = new Int32Array(movies);
  for (let rank = 0; rank < movies; rank++) ranks[order[rank]!] = rank;
  return ranks;
}

/** The number whose binary digits are those of `n` mirrored at the point: any run of them is spread over [0, 1). */
function mirrored(n: number): number {
  let value = 0;
  for (let digit = 0.5, rest = n; rest > 0; rest = Math.floor(rest / 2), digit /= 2)
    value += (rest % 2) * digit;
  return value;
}

/**
 * Qualities by movie index, about standard normal. They are spread evenly over neighbouring popularity ranks, so that
 * every seed has good and poor movies among the most popular.
 */
export function drawQualities(random: Random, ranks: Int32Array): Float64Array {
  const shift = random.real();
  const size = ranks.length;
  return Float64Array.from(ranks, (rank) => {
    const share = (mirrored(rank) + shift + random.real() / 64) % 1;
    return normalQuantile(Math.min(0.9995, Math.max(0.0005, share))) - (TAIL_PENALTY * rank) / size;
  });
}

/**
 * How much more often one movie is drawn than another, by movie index: a log-normal long tail, bent at the top so
 * that a few movies do not take nearly all of it.
 */
export function popularityWeights(ranks: Int32Array, ratings: number, users: number): Float64Array {
  const tenfolds = Math.log(ratings / SPREAD.smallestRatings) / Math.LN10;
  const spread = Math.min(SPREAD.max, Math.max(SPREAD.min, SPREAD.base + SPREAD.perTenfold * tenfolds));
  const bend = BEND.base * Math.exp(-BEND.shrinkPerTenfold * Math.max(0, tenfolds));
  const size = ranks.length;
  const weights = Float64Array.from(ranks, (rank) => Math.exp(-spread * normalQuantile((rank + 0.5) / size)));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => 1 / (total / (weight * ratings) + 1 / (bend * users)));
}
