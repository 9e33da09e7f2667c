import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { generateMovieLens, SCALES } from '../../src/movielens/index.js';
import { readTable } from './read-set.js';
import { tempFolder } from './temp-folder.js';

const SINCE_2010 = Date.UTC(2010, 0, 1) / 1000;
const folder = tempFolder();

/** Ratings since 2010 by movie: how many and their average. */
function statsSince2010(ratings: readonly string[][]): Map<string, { count: number; average: number }> {
  const sums = new Map<string, { count: number; sum: number }>();
  for (const [, movie, rating, seconds] of ratings) {
    if (Number(seconds) < SINCE_2010) continue;
    const { count, sum } = sums.get(movie!) ?? { count: 0, sum: 0 };
    sums.set(movie!, { count: count + 1, sum: sum + Number(rating) });
  }
  return new Map([...sums].map(([movie, { count, sum }]) => [movie, { count, average: sum / count }]));
}

describe.each([1, 2, 3])('seed %i fills the marts under the default rules', (seed) => {
  let stats: Map<string, { count: number; average: number }>;
  let scores: string[][];

  beforeAll(async () => {
    const out = join(folder, `seed-${seed}`);
    await generateMovieLens({ out, seed });
    stats = statsSince2010(readTable(out, 'ratings'));
    scores = readTable(out, 'genome-scores');
  });

  test('every recommendation category has movies', () => {
    const all = [...stats.values()];
    const evergreen = all.filter(({ count, average }) => count >= 100 && average >= 3.5);
    const fading = all.filter(({ count, average }) => count >= 100 && average >= 2.5 && average < 3.5);
    const rising = all.filter(({ count, average }) => count >= 20 && count < 100 && average >= 4);
    expect(evergreen.length).toBeGreaterThanOrEqual(3);
    expect(fading.length).toBeGreaterThanOrEqual(3);
    expect(rising.length).toBeGreaterThanOrEqual(20);
  });

  test('some tags, but not most, are among the top 10 of 50 movies', () => {
    const perMovie = SCALES.small.genomeTags;
    const movies = new Map<string, number>();
    for (let from = 0; from < scores.length; from += perMovie) {
      const of = scores.slice(from, from + perMovie);
      if ((stats.get(of[0]![0]!)?.count ?? 0) < 20) continue;
      const best = of.sort((a, b) => Number(b[2]) - Number(a[2]) || Number(a[1]) - Number(b[1])).slice(0, 10);
      for (const [, tag] of best) movies.set(tag!, (movies.get(tag!) ?? 0) + 1);
    }
    const often = [...movies.values()].filter((count) => count >= 50);
    expect(often.length).toBeGreaterThanOrEqual(2);
    expect(often.length).toBeLessThan(20);
    expect(movies.size).toBeGreaterThan(300);
  });
});
