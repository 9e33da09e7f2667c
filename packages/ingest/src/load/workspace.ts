import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { temporaryFolderError } from './output-file.js';

/** A folder for temporary files that is there as long as `work` runs, and gone afterwards however that ends. */
export async function withWorkspace<T>(
  temporaryFolder: string | undefined,
  work: (folder: string) => Promise<T>,
): Promise<T> {
  const parent = temporaryFolder ?? tmpdir();
  const folder = await makeFolder(parent);
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function makeFolder(parent: string): Promise<string> {
  try {
    await mkdir(parent, { recursive: true });
    return await mkdtemp(join(parent, 'matinee-load-'));
  } catch (error) {
    throw temporaryFolderError(parent, error);
  }
}
