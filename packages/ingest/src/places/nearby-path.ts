import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { type Nearby, nearbyHint } from './nearby.js';

/** What to do where nothing is at an absolute path. */
export async function missingHint(path: string): Promise<string> {
  const nearby = await nearbyPath(path);
  const what = 'Name the folder or .zip file that holds the delivery: --source PLACE or MATINEE_SOURCE.';
  return nearby ? `${nearbyHint(nearby)} ${what}` : what;
}

/** What lies in the nearest folder above an absolute path that is not there; undefined if that may not be read. */
async function nearbyPath(path: string): Promise<Nearby | undefined> {
  for (let wanted = path; dirname(wanted) !== wanted; wanted = dirname(wanted)) {
    const folder = dirname(wanted);
    let entries: readonly Dirent[];
    try {
      entries = await readdir(folder, { withFileTypes: true });
    } catch (error) {
      if (/^(ENOENT|ENOTDIR)$/.test((error as NodeJS.ErrnoException).code ?? '')) continue;
      return undefined;
    }
    const names = entries
      .filter(({ name }) => !name.startsWith('.'))
      .map((entry) => (entry.isDirectory() ? `${entry.name}/` : entry.name))
      .sort();
    return { folder: join(folder, '/'), wanted: basename(wanted), names, isWhole: true };
  }
  return undefined;
}
