import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { withSafeMaps } from '../../src/builder/name-safe-caches.js';

test('the caches of the ECharts that is installed have maps that know nothing of what all objects have', () => {
  const echarts = createRequire(import.meta.url).resolve('echarts/package.json');
  const zrender = createRequire(echarts).resolve('zrender/package.json');
  const safe = withSafeMaps(readFileSync(join(dirname(zrender), 'lib/core/LRU.js'), 'utf8'));
  expect(safe.split('this._map = Object.create(null)').length - 1).toBe(2);
  expect(safe).not.toContain('{}');
});
