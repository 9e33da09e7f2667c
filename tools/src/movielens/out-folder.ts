import { randomUUID } from 'node:crypto';
import { mkdir, readdir, realpath, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { GenerateError } from './errors.js';
import { MARKER_NAME, type Marker, readMarker } from './marker.js';

/** Where a set is to go, and what is there now: `marker` is that of a set made before. */
export interface OutFolder {
  readonly path: string;
  readonly exists: boolean;
  readonly marker: Marker | undefined;
}

function notOurs(path: string, what: string): GenerateError {
  return new GenerateError(
    'folder-not-ours',
    `${path} ${what}, so it will not be replaced; name another --out or move it away`,
  );
}

/**
 * Looks at the folder a set is to go to. Throws a `GenerateError` (`folder-not-ours`) if making it would destroy
 * something else: a file, a folder without a marker, or a folder with more in it than the marker lists.
 */
export async function inspectOut(out: string): Promise<OutFolder> {
  const path = await realpath(out).catch(() => resolve(out));
  let entries: string[];
  try {
    entries = await readdir(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return { path, exists: false, marker: undefined };
    if (code === 'ENOTDIR') throw notOurs(path, 'is no folder');
    throw error;
  }
  if (entries.length === 0) return { path, exists: true, marker: undefined };
  const marker = await readMarker(path);
  if (!marker)
    throw notOurs(path, `is not empty and was not made by this generator (no valid ${MARKER_NAME})`);
  const made = new Set([MARKER_NAME, ...marker.files.map(({ name }) => name)]);
  const other = entries.find((name) => !made.has(name));
  if (other !== undefined) throw notOurs(path, `also holds ${other}, which this generator did not make`);
  return { path, exists: true, marker };
}

/** A name beside `path`, on the same file system, that nothing else has. */
function besides(path: string, purpose: string): string {
  return join(dirname(path), `.${basename(path)}.${purpose}-${randomUUID().slice(0, 8)}`);
}

/** Makes an empty folder beside `path` to build the set in. */
export async function makeStage(path: string): Promise<string> {
  const stage = besides(path, 'partial');
  await mkdir(dirname(path), { recursive: true });
  await mkdir(stage);
  return stage;
}

/** Puts the finished stage in place of the folder; the set made before stays whole until the new one takes over. */
export async function publishStage(stage: string, { path, exists }: OutFolder): Promise<void> {
  if (!exists) return rename(stage, path);
  const old = besides(path, 'old');
  await rename(path, old);
  try {
    await rename(stage, path);
  } catch (error) {
    await rename(old, path);
    throw error;
  }
  await rm(old, { recursive: true, force: true });
}
