import type { Dirent } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { LoadError, messageOf } from '@matinee/core';
import { fileName } from './file-name.js';
import { isIgnored } from './ignored.js';

/**
 * The paths of all files below a folder of a root, relative to the root and separated by `/`. Links are followed; one
 * that leads nowhere is listed, so that whoever needs it finds that out. Nothing is listed of hidden folders, nor where
 * the path is a file.
 *
 * @throws LoadError LOAD_UNREADABLE, LOAD_FILE_NAME, LOAD_FOLDER_LOOP if a link leads to a folder that it lies in.
 */
export async function filesBelow(
  root: string,
  path: string,
  above: readonly string[] = [],
): Promise<readonly string[]> {
  const folder = join(root, path);
  let real: string;
  let entries: readonly Dirent<Buffer>[];
  try {
    if (above.length === 0 && !(await isFolder(folder))) return [];
    real = await realpath(folder);
    entries = await readdir(folder, { withFileTypes: true, encoding: 'buffer' });
  } catch (cause) {
    throw new LoadError('LOAD_UNREADABLE', `The folder ${path} cannot be read: ${messageOf(cause)}.`, {
      location: { file: folder },
      hint: 'Look at the permissions of the folder.',
      cause,
    });
  }
  if (above.includes(real)) {
    throw new LoadError('LOAD_FOLDER_LOOP', `${path} is a link to a folder that it lies in.`, {
      location: { file: folder },
      hint: 'Take the link away.',
    });
  }
  const found: string[] = [];
  for (const entry of entries) {
    if (isIgnored(entry.name.toString('latin1'))) continue;
    const inside = `${path}/${fileName(entry.name, folder)}`;
    if (entry.isDirectory() || (entry.isSymbolicLink() && (await isFolder(join(root, inside))))) {
      found.push(...(await filesBelow(root, inside, [...above, real])));
    } else {
      found.push(inside);
    }
  }
  return found;
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (facts) => facts.isDirectory(),
    () => false,
  );
}
