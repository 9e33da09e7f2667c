import { readdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/**
 * Removes what processes that no longer run have left: files and folders beside `path` that are called like it and then
 * as `pattern` says, whose first group is the id of the process. What cannot be removed stays.
 */
export function removeLeftovers(path: string, pattern: RegExp): void {
  const folder = dirname(path);
  const name = basename(path);
  for (const entry of namesIn(folder).filter((found) => found.startsWith(name))) {
    const pid = pattern.exec(entry.slice(name.length))?.[1];
    if (pid === undefined || isRunning(Number(pid))) continue;
    try {
      rmSync(join(folder, entry), { recursive: true, force: true });
    } catch {
      // Somebody else's: it takes space but does no harm.
    }
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}
