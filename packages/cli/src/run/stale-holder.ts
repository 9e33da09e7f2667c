import { readFileSync } from 'node:fs';
import type { LockHolder } from '@matinee/core';

/** The note that a process has left beside a warehouse when it was killed; undefined if there is none. */
export function staleHolder(path: string): LockHolder | undefined {
  try {
    const holder = JSON.parse(readFileSync(`${path}.holder.json`, 'utf8')) as LockHolder;
    return isAlive(holder.pid) ? undefined : holder;
  } catch {
    return undefined;
  }
}

function isAlive(pid: number | undefined): boolean {
  if (pid === undefined) return false;
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // A process of somebody else is there, but not ours to signal.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
