import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { removeLeftovers } from '@matinee/core';
import { temporaryFolderError } from './output-file.js';

/** A folder for temporary files of one piece of work. */
export interface Workspace {
  readonly folder: string;
  /** Removes it with everything in it. */
  remove(): Promise<void>;
}

/**
 * Makes a folder for temporary files.
 *
 * @param temporaryFolder what it is made in, and is made itself if need be; the system's own if it is not given
 * @param file the delivered file that it is for, as errors name it
 * @throws LoadError LOAD_TEMPORARY_FOLDER.
 */
export async function makeWorkspace(temporaryFolder: string | undefined, file: string): Promise<Workspace> {
  const parent = temporaryFolder ?? tmpdir();
  try {
    await mkdir(parent, { recursive: true });
    const folder = await mkdtemp(join(parent, `${ownPrefix()}-${process.pid}-`));
    return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
  } catch (error) {
    throw temporaryFolderError(parent, error, file);
  }
}

/** Removes workspaces of processes that no longer run: a kill leaves no time for it. */
export function removeOldWorkspaces(temporaryFolder: string | undefined): void {
  removeLeftovers(join(temporaryFolder ?? tmpdir(), ownPrefix()), /^-(\d+)-\w{6}$/);
}

/** Process ids mean something on their own host only: folders may be shared between hosts. */
function ownPrefix(): string {
  return `matinee-load-${hostname()}`;
}
