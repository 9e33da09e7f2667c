import type { VerifiedNode } from '@matinee/core';
import { describe, expect, it } from 'vitest';
import { verifiedLines } from '../../src/output/verify-lines.js';
import { plain } from '../support/plain-colors.js';

const style = { colors: plain, nameOf: (node: string) => `s.${node}`, nameWidth: 3, root: '/' };
const lines = (change: Partial<VerifiedNode>, onlyRight = 2) =>
  verifiedLines(
    {
      node: 'm',
      strategy: 'changes',
      rows: 3,
      seconds: 0.1,
      isCurrent: true,
      difference: { onlyLeft: 0, onlyRight, differing: 0, columns: {}, samples: [] },
      error: undefined,
      ...change,
    },
    style,
  );

describe('a model that differs from its full refresh', () => {
  it.each<[VerifiedNode['strategy'], string]>([
    ['changes', '  is one of its inputs mapped to the wrong rows, or has somebody changed the table?'],
    ['merge', '  merge promises nothing about rows that were changed or deleted'],
    [
      'microbatch',
      '  microbatch promises nothing about rows that came or changed later: --from computes their time anew',
    ],
  ])('by %s is told what that may come from', (strategy, note) => {
    expect(lines({ strategy })).toEqual(['✗ s.m           3 rows  2 rows only in the refresh  0.10s', note]);
  });

  it('is told to be built first where it is behind its inputs', () => {
    expect(lines({ strategy: 'merge', isCurrent: false })[1]).toContain('run matinee build first');
  });

  it('needs no word where it does not', () => {
    expect(lines({}, 0)).toEqual(['✓ s.m           3 rows  equal  0.10s']);
  });
});
