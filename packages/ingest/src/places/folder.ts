import { readdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { LoadError, messageOf } from '@matinee/core';
import type { Place, PlacedFile } from './place.js';

/** A folder on this machine. Files lie in it directly, not in folders below. */
export class Folder implements Place {
  readonly name: string;

  constructor(path: string) {
    this.name = resolve(path);
  }

  async list(): Promise<readonly PlacedFile[]> {
    const names = await readdir(this.name).catch((error: NodeJS.ErrnoException) => {
      throw folderError(this.name, error);
    });
    const files = await Promise.all(
      names.map(async (path) => {
        const stats = await stat(join(this.name, path)).catch(() => undefined);
        return stats && { path, bytes: stats.size, modifiedAt: stats.mtime.toISOString() };
      }),
    );
    return files.filter((file) => file !== undefined);
  }

  localPath(path: string): string {
    return join(this.name, path);
  }
}

function folderError(folder: string, error: NodeJS.ErrnoException): LoadError {
  const details = { location: { file: folder }, cause: error };
  switch (error.code) {
    case 'ENOENT':
      return new LoadError('LOAD_FOLDER_MISSING', `The source folder '${folder}' does not exist.`, {
        ...details,
        hint: 'Give the folder of the CSV files with --source or MATINEE_SOURCE.',
      });
    case 'ENOTDIR':
      return new LoadError('LOAD_FOLDER', `The source '${folder}' is a file, not a folder.`, {
        ...details,
        hint: 'Give the folder that holds the CSV files; unpack an archive first.',
      });
    default:
      return new LoadError(
        'LOAD_FOLDER',
        `The source folder '${folder}' cannot be read: ${messageOf(error)}.`,
        {
          ...details,
          hint: 'Look at its permissions.',
        },
      );
  }
}
