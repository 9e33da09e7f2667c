import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { tokenize } from '../../src/snowflake-emulator/engine/syntax/tokenize.js';

describe('tokenize', () => {
  const piece = fc.constantFrom(
    'select',
    'Größe',
    '"a ""b"""',
    "'it''s \\' x'",
    "$$any ' text$$",
    '1',
    '1.5e-3',
    '.5',
    '::',
    '=>',
    '$1',
    '$name',
    '@s/x/y.csv',
    '?',
    '(',
    ',',
    '<>',
    '||',
    ' ',
    '\n',
    '-- comment\n',
    '/* a\n b */',
  );

  test('the texts of the tokens joined are the statement, and each stands where it says', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
        const sql = pieces.join(' ');
        const tokens = tokenize(sql);
        expect(tokens.map(({ text }) => text).join('')).toBe(sql);
        for (const { text, offset, line, column } of tokens) {
          expect(sql.slice(offset, offset + text.length)).toBe(text);
          const before = sql.slice(0, offset).split('\n');
          expect([line, column]).toEqual([before.length, before.at(-1)?.length]);
        }
      }),
      { numRuns: 200 },
    );
  });

  test('strings lose their escapes, unquoted names are folded, quoted ones are not', () => {
    const values = (sql: string) =>
      tokenize(sql)
        .filter(({ kind }) => kind !== 'space' && kind !== 'end')
        .map(({ value }) => value);
    expect(values(String.raw`'a\'b''c\\d\n\x41B'`)).toEqual(["a'b'c\\d\nAB"]);
    expect(values('movie_id "movieId" $$a\\n$$')).toEqual(['MOVIE_ID', 'movieId', 'a\\n']);
  });
});
