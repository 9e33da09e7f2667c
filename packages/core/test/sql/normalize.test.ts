import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalizeSql } from '../../src/sql/normalize.js';

const tokens = fc.array(
  fc.oneof(
    fc.constantFrom('select', 'x1', 'größe', '.', ',', '(', ')', '<', '=', '-', '/', '*', '1.5', '::'),
    fc.constantFrom(
      `'--'`,
      `'/* x'`,
      `'it''s'`,
      `'  '`,
      `' '`,
      `"a  b"`,
      `"--"`,
      `$$ -- ' $$`,
      `$q$ a'b  $$ $q$`,
    ),
  ),
  { minLength: 1, maxLength: 12 },
);
const gaps = fc.array(
  fc.constantFrom(' ', '\n', '\t  ', " -- a comment, it's one\n", ' /* select */ ', '\r\n/* -- \n */'),
  {
    minLength: 12,
    maxLength: 12,
  },
);

describe('normalized SQL', () => {
  it('is the same whatever stands between the tokens', () => {
    fc.assert(
      fc.property(tokens, gaps, (list, between) => {
        const written = list.map((token, index) => token + between[index]).join('');
        expect(normalizeSql(written)).toBe(normalizeSql(list.join(' ')));
      }),
      { numRuns: 300 },
    );
  });

  it('is the same in capitals and small letters, but for what is quoted', () => {
    expect(normalizeSql(`SELECT Movie_Id, 'A', "B" FROM x`)).toBe(
      normalizeSql(`select movie_id, 'A', "B" from x`),
    );
    expect(normalizeSql(`select 'A'`)).not.toBe(normalizeSql(`select 'a'`));
    expect(normalizeSql(`select "A"`)).not.toBe(normalizeSql(`select "a"`));
  });

  it('differs when the contents of a string do', () => {
    const text = fc
      .array(fc.constantFrom(' ', '--', 'a', '/*', '*/', '\n', "''", '"'), { maxLength: 6 })
      .map((x) => x.join(''));
    fc.assert(
      fc.property(text, text, (a, b) => {
        expect(normalizeSql(`select '${a}'`) === normalizeSql(`select '${b}'`)).toBe(a === b);
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    ["select '--' as x -- end", "select '--' as x"],
    ["select '/*', x /* y */, '*/'", "select '/*' , x , '*/'"],
    ['select a/**/b', 'select a b'],
    ['select $1, $$ -- $$', 'select $1 , $$ -- $$'],
    ["select 'never closed", "select ' never closed"],
  ])('of %j is %j', (text, normal) => {
    expect(normalizeSql(text)).toBe(normal);
  });
});
