import { expect, test } from 'vitest';
import { movieIds, unusedIds } from '../../src/movielens/movie-ids.js';
import { Random } from '../../src/movielens/rng.js';

test('movie ids rise, are distinct, and leave gaps for unused ones', () => {
  for (const movies of [67, 9_700, 27_278, 60_000]) {
    const ids = movieIds(new Random(1, 'ids'), movies);
    expect(ids.every((id, i) => id > (ids[i - 1] ?? 0))).toBe(true);
    const unused = unusedIds(new Random(1, 'unused'), ids, 2);
    expect(unused.length).toBe(2);
    expect(unused.some((id) => ids.includes(id))).toBe(false);
  }
  expect(movieIds(new Random(1, 'ids'), 27_278).at(-1)).toBe(131_262);
});
