import { describe, expect, it } from 'vitest';
import { buildModeOf } from '../../src/run/core-options.js';

const mode = (from?: string, to?: string) =>
  buildModeOf({ ...(from && { from }), ...(to && { to }) }, { command: 'build' });

describe('the time that is computed anew', () => {
  it('is from one day on, up to another or to the end', () => {
    expect(mode('2020-01-01', '2020-02-01').window).toEqual({ from: '2020-01-01', to: '2020-02-01' });
    expect(mode('2020-01-01').window).toEqual({ from: '2020-01-01', to: undefined });
    expect(mode().window).toBeUndefined();
  });

  it.each([
    [undefined, '2020-02-01', '--to needs --from.'],
    ['2020-02-01', '2020-01-01', '--from 2020-02-01 is not before --to 2020-01-01.'],
    ['2020-02-01', '2020-02-01', '--from 2020-02-01 is not before --to 2020-02-01.'],
  ])('is not from %s to %s', (from, to, message) => {
    expect(() => mode(from, to)).toThrow(message);
  });
});
