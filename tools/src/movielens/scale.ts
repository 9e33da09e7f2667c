import { GenerateError } from './errors.js';
import { VOCABULARY_SIZE } from './tag-vocabulary.js';

/** How much of everything a set holds. Genome scores are genomeMovies × genomeTags; links are one per movie. */
export interface SetCounts {
  readonly ratings: number;
  readonly users: number;
  readonly movies: number;
  readonly tags: number;
  readonly genomeMovies: number;
  readonly genomeTags: number;
}

export type ScaleName = 'small' | '20m';

/** `small` builds in seconds; `20m` has the row counts of the published MovieLens 20M set. */
export const SCALES: Readonly<Record<ScaleName, SetCounts>> = {
  small: { ratings: 100_000, users: 600, movies: 9_700, tags: 3_600, genomeMovies: 300, genomeTags: 1_128 },
  '20m': {
    ratings: 20_000_263,
    users: 138_493,
    movies: 27_278,
    tags: 465_564,
    genomeMovies: 10_381,
    genomeTags: 1_128,
  },
};

/** As in the published sets, nobody has fewer ratings than this. */
export const MIN_RATINGS_PER_USER = 20;
export const MAX_RATINGS = 1_000_000_000;
/** Tags per rated movie that a tagging user can reach. */
export const MAX_TAGS_PER_RATING = 3;
const MAX_SHARE_OF_MOVIES = 0.3;
const MIN_MOVIES = Math.ceil(MIN_RATINGS_PER_USER / MAX_SHARE_OF_MOVIES);
const MAX_MOVIES = 500_000;

/** The most movies one user may rate: 30% of them, which keeps users of every year within what is on offer then. */
export function maxRatingsPerUser(movies: number): number {
  return Math.floor(movies * MAX_SHARE_OF_MOVIES);
}

/**
 * The counts that go with a number of ratings: between and beyond the two named scales each count follows the power
 * law through both, so `small` and `20m` come out exactly.
 */
export function countsForRatings(ratings: number): SetCounts {
  const { small, '20m': large } = SCALES;
  if (ratings === small.ratings) return small;
  if (ratings === large.ratings) return large;
  const position = Math.log(ratings / small.ratings) / Math.log(large.ratings / small.ratings);
  const at = (key: keyof SetCounts): number =>
    Math.max(1, Math.round(small[key] * Math.exp(position * Math.log(large[key] / small[key]))));
  return {
    ratings,
    users: Math.max(1, Math.min(at('users'), Math.floor(ratings / MIN_RATINGS_PER_USER))),
    movies: at('movies'),
    tags: at('tags'),
    genomeMovies: Math.min(at('genomeMovies'), at('movies')),
    genomeTags: small.genomeTags,
  };
}

function requireRange(name: string, value: number, min: number, max: number, because = ''): void {
  if (Number.isSafeInteger(value) && value >= min && value <= max) return;
  throw new GenerateError(
    'usage',
    `${name} must be a whole number from ${min} to ${max}${because}, not ${value}`,
  );
}

/** Refuses counts that no set can have, with a `GenerateError` (`usage`) that names the first one and its bounds. */
export function checkCounts(counts: SetCounts): void {
  const { ratings, users, movies, tags, genomeMovies, genomeTags } = counts;
  requireRange('ratings', ratings, MIN_RATINGS_PER_USER, MAX_RATINGS);
  requireRange('movies', movies, MIN_MOVIES, MAX_MOVIES);
  const most = maxRatingsPerUser(movies);
  const bounds = ` (${MIN_RATINGS_PER_USER} to ${most} ratings a user)`;
  requireRange('users', users, Math.ceil(ratings / most), Math.floor(ratings / MIN_RATINGS_PER_USER), bounds);
  requireRange('tags', tags, 0, ratings * MAX_TAGS_PER_RATING);
  requireRange('genome movies', genomeMovies, 0, movies);
  requireRange('genome tags', genomeTags, 0, VOCABULARY_SIZE);
}
