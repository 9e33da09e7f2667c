import { existsSync, realpathSync } from 'node:fs';

/** Where a path leads to, links followed; the path itself if nothing is there. */
export function realPath(path: string): string {
  return existsSync(path) ? realpathSync(path) : path;
}
