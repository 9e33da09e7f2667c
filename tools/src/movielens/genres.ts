import type { Random } from './rng.js';

export const NO_GENRES = '(no genres listed)';

/** The site's genres and how many in a thousand movies have each, in the order in which a movie lists them. */
const FREQUENCIES: readonly (readonly [genre: string, perThousand: number])[] = [
  ['Action', 188],
  ['Adventure', 130],
  ['Animation', 63],
  ['Children', 68],
  ['Comedy', 385],
  ['Crime', 123],
  ['Documentary', 45],
  ['Drama', 448],
  ['Fantasy', 80],
  ['Film-Noir', 9],
  ['Horror', 100],
  ['IMAX', 16],
  ['Musical', 34],
  ['Mystery', 59],
  ['Romance', 164],
  ['Sci-Fi', 101],
  ['Thriller', 194],
  ['War', 39],
  ['Western', 17],
];
/** How many in ten thousand movies have 1, 2, … 10 genres. */
const SIZES = [2_900, 3_300, 2_380, 1_010, 280, 90, 25, 7, 5, 3] as const;
const NONE_PER_THOUSAND = 5;

export const GENRES: readonly string[] = FREQUENCIES.map(([genre]) => genre);

function drawIndex(random: Random, weights: readonly number[]): number {
  let left = random.real() * weights.reduce((sum, weight) => sum + weight, 0);
  for (let i = 0; i < weights.length - 1; i++) {
    left -= weights[i]!;
    if (left < 0) return i;
  }
  return weights.length - 1;
}

/**
 * The genres of one movie as indexes into GENRES, rising; none for a few movies. Popular movies list more: theirs is the
 * larger of two draws.
 */
export function drawGenres(random: Random, popular: boolean): number[] {
  if (random.below(1_000) < NONE_PER_THOUSAND) return [];
  const weights = FREQUENCIES.map(([, perThousand]) => perThousand);
  const chosen: number[] = [];
  const sizes = [drawIndex(random, SIZES), popular ? drawIndex(random, SIZES) : 0];
  for (let size = Math.max(...sizes) + 1; size > 0; size--) {
    const genre = drawIndex(random, weights);
    weights[genre] = 0;
    chosen.push(genre);
  }
  return chosen.sort((a, b) => a - b);
}

/** The field of the movies file: genres joined by a pipe. */
export function genresField(genres: readonly number[]): string {
  return genres.length === 0 ? NO_GENRES : genres.map((genre) => GENRES[genre]!).join('|');
}
