import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { removeLeftovers } from './process-files.js';

export interface SpillOptions {
  readonly readOnly?: boolean;
  readonly temporaryFolder?: string;
}

/**
 * The folder that an instance spills to, or undefined where DuckDB's own choice will do: `<file>.tmp`, when nobody else
 * can open the file. DuckDB makes the folder when it first spills and removes it when it closes.
 *
 * DuckDB gives spilled blocks the same names in every process, and two that share a folder overwrite each other's: they
 * crash or compute nonsense. So what several processes may use at a time is split into a folder for each.
 */
export function spillFolder(path: string, { readOnly, temporaryFolder }: SpillOptions): string | undefined {
  if (temporaryFolder !== undefined) {
    mkdirSync(temporaryFolder, { recursive: true });
    return ownFolder(join(temporaryFolder, 'spill'));
  }
  return readOnly && path !== ':memory:' ? ownFolder(`${path}.tmp`) : undefined;
}

/** Process ids mean something on their own host only: folders may be shared between hosts. */
function ownFolder(prefix: string): string {
  const shared = `${prefix}-${hostname()}`;
  removeLeftovers(shared, /^-(\d+)-[0-9a-f]{8}$/);
  return `${shared}-${process.pid}-${randomUUID().slice(0, 8)}`;
}
