import { describe, expect, it } from 'vitest';
import { parseShare } from '../../src/options/share.js';

describe('a share of rows', () => {
  it.each([
    ['1%', 0.01],
    ['0.5%', 0.005],
    ['.5%', 0.005],
    ['99.9%', 0.999],
    [' 10% ', 0.1],
  ])('%s is %d', (text, share) => {
    expect(parseShare(text)).toBeCloseTo(share, 12);
  });

  it.each(['0%', '100%', '101%', '-1%', '1', '0.01', '', '%', '1e1%', '1 %', 'half'])(
    "'%s' is refused as wrong usage",
    (text) => {
      expect(() => parseShare(text)).toThrow(
        expect.objectContaining({
          code: 'USAGE',
          exitCode: 2,
          message: `--sample takes a share above 0% and below 100%, not '${text}'.`,
        }),
      );
    },
  );
});
