import { expect, it } from 'vitest';
import { firstCharacters, shortened } from '../src/first-characters.js';

it.each([
  ['', 3, ''],
  ['abc', 3, 'abc'],
  ['abcd', 3, 'abc'],
  ['🎬🎬', 3, '🎬🎬'],
  ['🎬🎬🎬🎬', 3, '🎬🎬🎬'],
  ['a🎬b🎬c', 3, 'a🎬b'],
  ['ab🎬', 2, 'ab'],
])('%s to %i characters is %s: never a half of one', (text, count, expected) => {
  expect(firstCharacters(text, count)).toBe(expected);
});

it.each([
  ['abc', 3, 'abc'],
  ['abcd', 3, 'ab…'],
  ['🎬🎬🎬', 3, '🎬🎬🎬'],
  ['🎬🎬🎬🎬', 3, '🎬🎬…'],
])('%s in at most %i characters is %s', (text, most, expected) => {
  expect(shortened(text, most)).toBe(expected);
});
