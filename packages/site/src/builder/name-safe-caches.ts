import { readFile } from 'node:fs/promises';
import type { Plugin } from 'esbuild';

const MAP = 'this._map = {}';

/**
 * ECharts keeps the width of each text that it draws in a cache whose keys are properties of a plain object: for a genre called
 * `__proto__` it finds Object.prototype, and writes into it. This gives its caches maps that know no other names.
 */
export const nameSafeCaches: Plugin = {
  name: 'name-safe-caches',
  setup(build) {
    build.onLoad({ filter: /[\\/]zrender[\\/]lib[\\/]core[\\/]LRU\.js$/ }, async ({ path }) => ({
      contents: withSafeMaps(await readFile(path, 'utf8')),
    }));
  },
};

/** @throws Error if the cache is written otherwise than this knows, as another version of ECharts may have it. */
export function withSafeMaps(source: string): string {
  if (!source.includes(MAP))
    throw new Error(
      'The cache of texts in zrender/lib/core/LRU.js has changed: look whether names like __proto__ are safe in it.',
    );
  return source.replaceAll(MAP, 'this._map = Object.create(null)');
}
