import { fileURLToPath } from 'node:url';
import type { SourceLocation } from '@matinee/core';

const PLACE = /(file:\/\/[^\s()]+?\/dist\/[^\s()]+?\.js)(?::(\d+))?(?::(\d+))?/;

/** The first file of a package that an error's stack names, as the TypeScript file it was made from. */
export function sourceLocation(error: Error): Partial<SourceLocation> | undefined {
  const [, url, line] = PLACE.exec(error.stack ?? '') ?? [];
  if (!url) return undefined;
  const file = fileURLToPath(url).replace(/([\\/])dist([\\/].*)\.js$/, '$1src$2.ts');
  return { file, ...(line !== undefined && { line: Number(line) }) };
}
