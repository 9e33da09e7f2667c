import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { GENRES, NO_GENRES } from '../../src/movielens/genres.js';
import { generateMovieLens, SCALES } from '../../src/movielens/index.js';
import { countBy, readTable } from './read-set.js';
import { tempFolder } from './temp-folder.js';

const SINCE_2010 = Date.UTC(2010, 0, 1) / 1000;
const out = join(tempFolder(), 'small');
let ratings: string[][];
let tags: string[][];
let movies: string[][];
let links: string[][];

beforeAll(async () => {
  await generateMovieLens({ out, counts: { genomeMovies: 1 } });
  ratings = readTable(out, 'ratings');
  tags = readTable(out, 'tags');
  movies = readTable(out, 'movies');
  links = readTable(out, 'links');
});

const share = (part: number, whole: number): number => part / whole;
const sorted = (values: Iterable<number>): number[] => [...values].sort((a, b) => a - b);

describe('the small set is shaped like the real one', () => {
  test('users have a long tail from 20 ratings up', () => {
    const counts = sorted(countBy(ratings, ([user]) => user!).values());
    expect(counts[0]).toBeGreaterThanOrEqual(20);
    expect(counts[Math.floor(counts.length / 2)]).toBeGreaterThan(40);
    expect(counts[Math.floor(counts.length / 2)]).toBeLessThan(110);
    expect(counts.at(-1)).toBeGreaterThan(1_200);
  });

  test('a few movies have most of the ratings and most movies hardly any', () => {
    const counts = sorted(countBy(ratings, ([, movie]) => movie!).values());
    const top = counts.slice(-Math.floor(counts.length / 10)).reduce((sum, count) => sum + count, 0);
    expect(share(top, SCALES.small.ratings)).toBeGreaterThan(0.45);
    expect(counts[Math.floor(counts.length / 2)]).toBeLessThanOrEqual(5);
    expect(share(counts.length, SCALES.small.movies)).toBeGreaterThan(0.97);
    expect(counts.at(-1)).toBeLessThan(SCALES.small.users * 0.75);
  });

  test('ratings come in half stars with the known histogram, whole stars before 2003', () => {
    const histogram = countBy(ratings, ([, , rating]) => rating!);
    expect([...histogram.keys()].sort()).toEqual('0.5 1.0 1.5 2.0 2.5 3.0 3.5 4.0 4.5 5.0'.split(' '));
    expect(share(histogram.get('4.0')!, ratings.length)).toBeCloseTo(0.26, 1);
    const mean = ratings.reduce((sum, [, , rating]) => sum + Number(rating), 0) / ratings.length;
    expect(mean).toBeGreaterThan(3.3);
    expect(mean).toBeLessThan(3.7);
    const early = ratings.filter(([, , , seconds]) => Number(seconds) < Date.UTC(2003, 1, 1) / 1000);
    expect(early.length).toBeGreaterThan(5_000);
    expect(early.filter(([, , rating]) => !rating!.endsWith('.0'))).toEqual([]);
  });

  test('times run from 1996 to September 2018, about half of them since 2010', () => {
    const times = [...ratings, ...tags].map((row) => Number(row[3]));
    expect(times.reduce((a, b) => Math.min(a, b))).toBeGreaterThanOrEqual(Date.UTC(1996, 0, 1) / 1000);
    expect(times.reduce((a, b) => Math.max(a, b))).toBeLessThan(Date.UTC(2018, 9, 1) / 1000);
    const late = ratings.filter(([, , , seconds]) => Number(seconds) >= SINCE_2010).length;
    expect(share(late, ratings.length)).toBeGreaterThan(0.42);
    expect(share(late, ratings.length)).toBeLessThan(0.6);
  });

  test('most users rate in one to three sittings', () => {
    const times = new Map<string, number[]>();
    for (const [user, , , seconds] of ratings) {
      times.set(user!, [...(times.get(user!) ?? []), Number(seconds)]);
    }
    const sittings = [...times.values()].map(
      (of) => sorted(of).filter((time, i, all) => i === 0 || time - all[i - 1]! > 4 * 3600).length,
    );
    expect(share(sittings.filter((count) => count <= 3).length, sittings.length)).toBeGreaterThan(0.7);
    expect(sittings.some((count) => count > 8)).toBe(true);
  });

  test('nobody rates a movie before the year of its title', () => {
    const years = new Map(
      movies.map(([id, title]) => [id!, Number(/\((\d{4})\) ?$/.exec(title!)?.[1] ?? 0)]),
    );
    // A handful of titles are another movie's, year included, so a few exceptions are right.
    const early = ratings.filter(([, movie, , seconds]) => {
      return years.get(movie!)! > new Date(Number(seconds) * 1000).getUTCFullYear();
    });
    expect(share(early.length, ratings.length)).toBeLessThan(0.002);
  });

  test('titles and genres have the oddities that readers must cope with', () => {
    const titles = movies.map(([, title]) => title!);
    expect(titles.filter((title) => title.includes(', The (')).length).toBeGreaterThan(500);
    expect(titles.some((title) => title.includes('"'))).toBe(true);
    expect(titles.some((title) => title.endsWith(' '))).toBe(true);
    expect(titles.some((title) => !/\(\d{4}\)/.test(title))).toBe(true);
    expect(titles.some((title) => /[^\x20-\x7e]/.test(title))).toBe(true);
    expect(new Set(titles).size).toBeLessThan(titles.length);
    const genres = movies.map((row) => row[2]!.split('|'));
    expect([...new Set(genres.flat())].sort()).toEqual([NO_GENRES, ...GENRES].sort());
    expect(genres.filter((of) => new Set(of).size < of.length || of.length > 10)).toEqual([]);
    expect(genres.some((of) => of.length >= 7)).toBe(true);
  });

  test('ids have gaps, some tmdbIds are empty, and tags include those that look like something else', () => {
    const ids = movies.map(([id]) => Number(id));
    expect(ids.at(-1)).toBe(193_609);
    expect(ids.filter((id) => id > 8_800 && id < 25_800)).toEqual([]);
    expect(links.filter((row) => row[2] === '').length).toBeGreaterThan(10);
    expect(links.filter((row) => !/^\d{7,8}$/.test(row[1]!))).toEqual([]);
    const texts = tags.map((row) => row[2]!);
    for (const odd of ['NA', '007', '9/11']) expect(texts).toContain(odd);
    expect(texts.some((tag) => tag.includes(','))).toBe(true);
    expect(texts.some((tag) => tag.includes('"'))).toBe(true);
    expect(texts.some((tag) => tag !== tag.trim())).toBe(true);
  });
});
