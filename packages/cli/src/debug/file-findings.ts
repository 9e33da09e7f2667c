import { accessSync, constants, existsSync, statfsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { type DuckDbTarget, messageOf, openDuckDb } from '@matinee/core';
import { formatBytes } from '../output/numbers.js';
import { relativeTo } from '../output/to-json.js';
import { type Finding, failedFinding } from './finding.js';

/** Below this a build of any size is likely to fill the disk. */
const LITTLE_SPACE = 1e9;

/** The target: its file, whether it can be written and is free, and the disk. */
export async function* fileFindings(
  target: DuckDbTarget,
  targetName: string,
  root: string,
): AsyncGenerator<Finding> {
  const { path } = target;
  const shown = relativeTo(root, path);
  yield { ok: true, what: 'target', found: `${targetName}: ${target.type}, ${shown}` };
  const folder = nearestFolder(path);
  if (existsSync(path)) {
    yield { ok: true, what: 'file', found: `${shown}, ${formatBytes(statSync(path).size)}` };
    yield writable(path, root);
    yield await lock(path, root);
  } else {
    yield { ok: true, what: 'file', found: 'not there yet: matinee build makes it' };
    yield writable(folder, root);
  }
  if (target.published !== undefined) yield publishedCopy(target.published, root);
  const { bavail, bsize } = statfsSync(folder);
  const free = bavail * bsize;
  yield {
    ok: free >= LITTLE_SPACE,
    what: 'free disk',
    found: formatBytes(free),
    todo: free >= LITTLE_SPACE ? undefined : 'free some disk space before you build',
  };
}

/** The copy for readers. */
function publishedCopy(path: string, root: string): Finding {
  const size = existsSync(path)
    ? formatBytes(statSync(path).size)
    : 'not there yet: the next good build makes it';
  return { ok: true, what: 'published', found: `${relativeTo(root, path)}, ${size}` };
}

function writable(path: string, root: string): Finding {
  try {
    accessSync(path, constants.W_OK);
    return { ok: true, what: 'writable', found: `yes, ${relativeTo(root, path)}` };
  } catch (error) {
    const todo = 'allow this user to write there, or set MATINEE_DATABASE to another file';
    return { ok: false, what: 'writable', found: messageOf(error), todo };
  }
}

async function lock(path: string, root: string): Promise<Finding> {
  try {
    const warehouse = await openDuckDb({ path, readOnly: true, lockTimeout: 0 });
    await warehouse.close();
    return { ok: true, what: 'lock', found: 'free' };
  } catch (error) {
    return failedFinding('lock', root, error);
  }
}

/** The folder of a file, or the nearest above it that is there. */
function nearestFolder(path: string): string {
  let folder = dirname(path);
  while (!existsSync(folder) && folder !== dirname(folder)) folder = dirname(folder);
  return folder;
}
