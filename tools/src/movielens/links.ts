import { Random } from './rng.js';

/** Where a movie is found on other sites, by movie index. */
export interface Links {
  /** IMDb's number, without `tt` and zeros: distinct, one to eight digits. */
  readonly imdb: Int32Array;
  /** The Movie Database's number, or 0 where there is none. */
  readonly tmdb: Int32Array;
}

const SEVEN_DIGITS = 10_000_000;
const EIGHT_DIGITS_PER_THOUSAND = 3;
const MISSING_PER_THOUSAND = 6;
const LARGEST_TMDB = 520_000;

function distinct(taken: Set<number>, draw: () => number): number {
  let number = draw();
  while (taken.has(number)) number = draw();
  taken.add(number);
  return number;
}

function drawImdb(random: Random): number {
  if (random.below(1_000) < EIGHT_DIGITS_PER_THOUSAND) return SEVEN_DIGITS + random.below(300_000);
  // Most numbers are low, since IMDb had the older and better known films first.
  const share = random.real();
  return 1 + Math.floor(share * share * share * 8_000_000);
}

export function makeLinks(seed: number, movies: number): Links {
  const random = new Random(seed, 'links');
  const [takenImdb, takenTmdb] = [new Set<number>(), new Set<number>()];
  const imdb = new Int32Array(movies);
  const tmdb = new Int32Array(movies);
  for (let i = 0; i < movies; i++) {
    imdb[i] = distinct(takenImdb, () => drawImdb(random));
    const missing = random.below(1_000) < MISSING_PER_THOUSAND;
    tmdb[i] = missing ? 0 : distinct(takenTmdb, () => 1 + random.below(LARGEST_TMDB));
  }
  return { imdb, tmdb };
}
