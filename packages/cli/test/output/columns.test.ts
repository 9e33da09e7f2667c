import { describe, expect, it } from 'vitest';
import { createColors, wantsColors } from '../../src/output/colors.js';
import { alignColumns, cut, widthOf } from '../../src/output/columns.js';

const { red } = createColors(true);

describe('columns', () => {
  it('are as wide as their widest cell, colours not counted', () => {
    expect(
      alignColumns(
        [
          [red('a'), 'b'],
          ['long', 'c'],
        ],
        80,
      ),
    ).toEqual([`${red('a')}     b`, 'long  c']);
    expect(widthOf(red('abc'))).toBe(3);
  });

  it('are cut at the edge of the terminal', () => {
    expect(alignColumns([['name', 'a long text']], 10)).toEqual(['name  a l…']);
    expect(cut('short', 10)).toBe('short');
  });
});

describe('colours', () => {
  it('follow options, NO_COLOR, FORCE_COLOR and the terminal, in this order', () => {
    const wants = (env: Record<string, string>, isTerminal: boolean, refused = false) =>
      wantsColors({ env, isTerminal, refused });
    expect(wants({}, true)).toBe(true);
    expect(wants({}, false)).toBe(false);
    expect(wants({ FORCE_COLOR: '1' }, false)).toBe(true);
    expect(wants({ FORCE_COLOR: '0' }, true)).toBe(false);
    expect(wants({ FORCE_COLOR: '1', NO_COLOR: '1' }, true)).toBe(false);
    expect(wants({ FORCE_COLOR: '1' }, true, true)).toBe(false);
    expect(wants({ TERM: 'dumb' }, true)).toBe(false);
  });
});
