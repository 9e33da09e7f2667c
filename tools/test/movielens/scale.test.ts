import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkCounts, countsForRatings, MAX_RATINGS, SCALES } from '../../src/movielens/scale.js';

describe('scales', () => {
  test('20m has the published row counts', () => {
    expect(SCALES['20m']).toEqual({
      ratings: 20_000_263,
      users: 138_493,
      movies: 27_278,
      tags: 465_564,
      genomeMovies: 10_381,
      genomeTags: 1_128,
    });
    expect(SCALES['20m'].genomeMovies * SCALES['20m'].genomeTags).toBe(11_709_768);
    expect(countsForRatings(20_000_263)).toEqual(SCALES['20m']);
    expect(countsForRatings(100_000)).toEqual(SCALES.small);
  });

  test('counts between the scales lie between theirs', () => {
    expect(countsForRatings(1_000_000)).toEqual({
      ratings: 1_000_000,
      users: 6_386,
      movies: 15_203,
      tags: 29_786,
      genomeMovies: 1_400,
      genomeTags: 1_128,
    });
  });

  test('every number of ratings has counts that can be', () => {
    fc.assert(
      fc.property(fc.integer({ min: 20, max: MAX_RATINGS }), (ratings) => {
        expect(() => checkCounts(countsForRatings(ratings))).not.toThrow();
      }),
    );
    for (let ratings = 20; ratings < 3_000; ratings++) checkCounts(countsForRatings(ratings));
  });

  test('impossible counts are refused by name', () => {
    const { small } = SCALES;
    expect(() => checkCounts({ ...small, ratings: 19 })).toThrow('ratings must be a whole number from 20');
    expect(() => checkCounts({ ...small, users: 6_000 })).toThrow(
      'users must be a whole number from 35 to 5000 (20 to 2910 ratings a user), not 6000',
    );
    expect(() => checkCounts({ ...small, genomeMovies: 9_701 })).toThrow('genome movies must be');
    expect(() => checkCounts({ ...small, tags: 1.5 })).toThrow('tags must be a whole number');
  });
});
