import { statfs } from 'node:fs/promises';
import { LoadError } from '@matinee/core';

/**
 * Makes sure that a disk has room for what will come to it: an archive may be small and say of its files that they fill any disk.
 * Other files that come at the same time are not counted, so the disk may be full all the same.
 *
 * @param folder on that disk
 * @param file what comes, as errors name it
 * @throws LoadError LOAD_TEMPORARY_FOLDER.
 */
export async function requireRoom(folder: string, bytes: number, file: string): Promise<void> {
  const free = await statfs(folder).then(
    ({ bavail, bsize }) => bavail * bsize,
    () => Number.POSITIVE_INFINITY,
  );
  if (bytes <= free) return;
  const count = (number: number) => number.toLocaleString('en');
  throw new LoadError(
    'LOAD_TEMPORARY_FOLDER',
    `${file} takes ${count(bytes)} bytes on the disk, and ${folder} has room for ${count(free)}.`,
    { location: { file }, hint: 'Free disk space, or choose another folder for temporary files.' },
  );
}
