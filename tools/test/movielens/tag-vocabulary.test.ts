import { expect, test } from 'vitest';
import { tagAt, VOCABULARY_SIZE } from '../../src/movielens/tag-vocabulary.js';

test('no tag of the vocabulary comes twice or holds what a shape cannot carry', () => {
  const tags = Array.from({ length: VOCABULARY_SIZE }, (_, rank) => tagAt(rank));
  expect(new Set(tags).size).toBe(VOCABULARY_SIZE);
  expect(tags.filter((tag) => tag !== tag.trim() || tag === '' || /[\\\r\n]/.test(tag))).toEqual([]);
  expect(tags.slice(0, 120)).toEqual(expect.arrayContaining(['NA', '007', '9/11', 'original']));
});
