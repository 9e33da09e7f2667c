import { expect, test } from 'vitest';
import { formatNumber } from '../../src/browser/format/numbers.js';
import { describeBuild } from '../../src/builder/docs/describe-build.js';

const build = { node: 'sales', startedAt: '2026-01-02 03:04:05', action: 'create', seconds: 0, rows: null };

test('a node that was skipped took no time: a dash, and no 0.00 seconds', () => {
  const seconds = (status: string) => formatNumber(describeBuild({ ...build, status }).seconds, 'seconds');
  expect([seconds('skipped'), seconds('ok')]).toEqual(['–', '0.00 s']);
});
