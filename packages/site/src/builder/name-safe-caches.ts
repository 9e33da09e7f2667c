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

/** A version of ECharts that writes its caches otherwise stays as it is; a test tells of it. */
export function withSafeMaps(source: string): string {
  return source.replaceAll(MAP, 'this._map = Object.create(null)');
}
