import { expect, test } from 'vitest';
import { withSafeMaps } from '../../src/builder/name-safe-caches.js';

test('the maps of a cache know nothing of what all objects have', () => {
  expect(withSafeMaps('this._map = {};\nx();\nthis._map = {};')).toBe(
    'this._map = Object.create(null);\nx();\nthis._map = Object.create(null);',
  );
});

test('a cache that is written otherwise is not passed over in silence', () => {
  expect(() => withSafeMaps('this.map = new Map()')).toThrow(
    'has changed: look whether names like __proto__',
  );
});
