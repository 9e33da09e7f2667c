import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SHAPES } from '../../src/movielens/csv-shape.js';
import { parseShape } from './read-set.js';

const { grouplens, kaggle } = SHAPES;
const anyText = fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\ufeff'));
/** A lone CR or LF would make the parser guess a record end; no title or tag holds one. */
const oneLine = anyText.map((text) => text.replaceAll(/[\r\n]/g, ' '));

describe('a row of texts comes back as it was', () => {
  test('from the GroupLens shape', () => {
    fc.assert(
      fc.property(fc.array(oneLine, { minLength: 2, maxLength: 4 }), (fields) => {
        const line = fields.map(grouplens.text).join(',') + grouplens.lineEnd;
        expect(parseShape('grouplens', `1,${line}`)).toEqual([['1', ...fields]]);
      }),
    );
  });

  test('from the Kaggle shape, backslashes apart', () => {
    const fieldText = oneLine.map((text) => text.replaceAll('\\', ' '));
    fc.assert(
      fc.property(fc.array(fieldText, { minLength: 2, maxLength: 4 }), (fields) => {
        const line = fields.map(kaggle.text).join(',') + kaggle.lineEnd;
        expect(parseShape('kaggle', `1,${line}`)).toEqual([['1', ...fields]]);
      }),
    );
  });
});

test('titles are quoted as the published files quote them', () => {
  expect(grouplens.text('Iron Island (1995)')).toBe('Iron Island (1995)');
  expect(grouplens.text('Paper Kite, The (1995)')).toBe('"Paper Kite, The (1995)"');
  expect(grouplens.text('"Great Performances" Cats (1998)')).toBe('"""Great Performances"" Cats (1998)"');
  expect(kaggle.text('Iron Island (1995)')).toBe('"Iron Island (1995)"');
  expect(kaggle.text('"Great Performances" Cats (1998)')).toBe(
    '"\\"\\"Great Performances\\"\\" Cats (1998)"',
  );
});

test('the Kaggle shape refuses a backslash, which it cannot carry', () => {
  expect(() => kaggle.text('a\\b')).toThrow('cannot carry the backslash in a\\b');
});

test('only GroupLens pads imdbId, and only Kaggle quotes the header', () => {
  expect([114_709, 12, 10_298_810].map(grouplens.imdb)).toEqual(['0114709', '0000012', '10298810']);
  expect([114_709, 12, 10_298_810].map(kaggle.imdb)).toEqual(['114709', '12', '10298810']);
  expect(grouplens.header('movieId')).toBe('movieId');
  expect(kaggle.header('movieId')).toBe('"movieId"');
});
