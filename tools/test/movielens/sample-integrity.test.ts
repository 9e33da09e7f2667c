import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { generateMovieLens, SCALES } from '../../src/movielens/index.js';
import { countBy, readTable } from './read-set.js';
import { tempFolder } from './temp-folder.js';

const out = join(tempFolder(), 'small');
let ratings: string[][];
let tags: string[][];
let movies: string[][];
let links: string[][];
let scores: string[][];
let genomeTags: string[][];

beforeAll(async () => {
  await generateMovieLens({ out });
  ratings = readTable(out, 'ratings');
  tags = readTable(out, 'tags');
  movies = readTable(out, 'movies');
  links = readTable(out, 'links');
  scores = readTable(out, 'genome-scores');
  genomeTags = readTable(out, 'genome-tags');
});

const distinct = (rows: readonly string[][], columns: number): number =>
  new Set(rows.map((row) => JSON.stringify(row.slice(0, columns)))).size;
const sorted = (values: Iterable<number>): number[] => [...values].sort((a, b) => a - b);
const idsOf = (rows: readonly string[][]): Set<string> => new Set(rows.map((row) => row[0]!));

describe('the small set holds together', () => {
  test('has exactly the rows of its scale', () => {
    const { small } = SCALES;
    const rows = [ratings, tags, movies, links, scores, genomeTags].map((table) => table.length);
    expect(rows).toEqual([100_000, 3_600, 9_700, 9_700, 338_400, 1_128]);
    expect(rows[4]).toBe(small.genomeMovies * small.genomeTags);
    expect(countBy(ratings, ([user]) => user!).size).toBe(SCALES.small.users);
  });

  test('rates no movie twice by one user and repeats no id', () => {
    expect(distinct(ratings, 2)).toBe(ratings.length);
    expect(distinct(tags, 3)).toBe(tags.length);
    expect(idsOf(movies).size).toBe(movies.length);
    expect(links.map(([id]) => id)).toEqual(movies.map(([id]) => id));
    expect(new Set(links.map(([, imdb]) => imdb)).size).toBe(links.length);
    expect(distinct(scores, 2)).toBe(scores.length);
    expect(new Set(genomeTags.map(([, tag]) => tag)).size).toBe(genomeTags.length);
  });

  test('refers only to what exists, but for one movie of the genome', () => {
    const [movieIds, tagIds, raters] = [idsOf(movies), idsOf(genomeTags), idsOf(ratings)];
    expect(ratings.filter(([, movie]) => !movieIds.has(movie!))).toEqual([]);
    expect(tags.filter(([user, movie]) => !movieIds.has(movie!) || !raters.has(user!))).toEqual([]);
    expect(scores.filter(([, tag]) => !tagIds.has(tag!))).toEqual([]);
    expect(new Set(scores.map(([movie]) => movie!).filter((id) => !movieIds.has(id))).size).toBe(1);
  });

  test('scores every tag for each genome movie, between 0 and 1', () => {
    const perMovie = new Set(countBy(scores, ([movie]) => movie!).values());
    expect([...perMovie]).toEqual([SCALES.small.genomeTags]);
    expect(scores.filter(([, , relevance]) => !(Number(relevance) >= 0 && Number(relevance) <= 1))).toEqual(
      [],
    );
    expect(scores.some(([, , relevance]) => relevance === '0.025000000000000022')).toBe(true);
  });

  test('is ordered by user and movie, as the published files are', () => {
    const keys = ratings.map(([user, movie]) => Number(user) * 1e6 + Number(movie));
    expect(keys).toEqual(sorted(keys));
  });
});
