import { HALF_STARS_SINCE } from './calendar.js';
import { normalQuantile, normalSlices } from './normal.js';
import type { Random } from './rng.js';

/** How often 0.5, 1, … 5 stars are given since half stars exist, and before. */
const HALVES = [1.9, 2.3, 2.5, 6.4, 7.8, 17.2, 18.4, 23, 12, 9.2] as const;
const WHOLES = [0, 4.5, 0, 10.5, 0, 26, 0, 36, 0, 23] as const;

/** What part of the variance of an opinion comes from the movie, from the user and from chance. */
const MOVIE_PART = Math.sqrt(0.18);
const USER_PART = Math.sqrt(0.2);
const CHANCE_PART = Math.sqrt(0.62);

const NOISE = normalSlices(65_536).map((z) => z * CHANCE_PART);
const STEPS_PER_DEVIATION = 128;
const STEPS = 8 * STEPS_PER_DEVIATION;

/** Maps steps of a standard normal opinion from -4 to 4 to half stars, so that the histogram comes out. */
function scaleFor(histogram: readonly number[]): Uint8Array {
  const total = histogram.reduce((sum, share) => sum + share, 0);
  const table = new Uint8Array(STEPS).fill(histogram.length);
  let below = 0;
  let from = 0;
  for (const [i, share] of histogram.entries()) {
    below += share;
    const end = below >= total - 1e-9 ? 4 : normalQuantile(below / total || 1e-9);
    const to = Math.max(0, Math.min(STEPS, Math.round((end + 4) * STEPS_PER_DEVIATION)));
    if (to > from) table.fill(i + 1, from, to);
    from = Math.max(from, to);
  }
  return table;
}

const HALF_SCALE = scaleFor(HALVES);
const WHOLE_SCALE = scaleFor(WHOLES);

/** How kindly one user rates: to be added to every opinion of that user. */
export function drawKindness(random: Random): number {
  return USER_PART * (NOISE[random.uint32() >>> 16]! / CHANCE_PART);
}

/** What a movie's quality (standard normal) adds to every opinion of it. */
export function qualityPart(quality: number): number {
  return MOVIE_PART * quality;
}

/** The half stars (1 to 10) given at a time for an opinion: `leaning` is kindness plus quality part. */
export function drawHalfStars(random: Random, leaning: number, seconds: number): number {
  const opinion = leaning + NOISE[random.uint32() >>> 16]!;
  const step = Math.max(0, Math.min(STEPS - 1, Math.floor((opinion + 4) * STEPS_PER_DEVIATION)));
  return (seconds < HALF_STARS_SINCE ? WHOLE_SCALE : HALF_SCALE)[step]!;
}
