import { constants, createReadStream } from 'node:fs';
import { access, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { LoadError, messageOf } from '@matinee/core';
import type { FileFacts, Place } from './place.js';

/** A folder on the local disk. Files are read where they lie. */
export class Folder implements Place {
  readonly name: string;

  /** @param path absolute */
  constructor(path: string) {
    this.name = path;
  }

  async list(): Promise<readonly string[]> {
    try {
      return await readdir(this.name);
    } catch (error) {
      throw this.#listError(error);
    }
  }

  async look(path: string): Promise<FileFacts> {
    const file = this.locate(path);
    try {
      const facts = await stat(file, { bigint: true });
      if (!facts.isFile()) {
        throw new LoadError(
          'LOAD_NOT_A_FILE',
          `${path} is ${facts.isDirectory() ? 'a folder' : 'no file'}.`,
          {
            location: { file },
            hint: 'A file of that name is expected: move the other away.',
          },
        );
      }
      await access(file, constants.R_OK);
      return {
        bytes: Number(facts.size),
        modifiedAt: facts.mtime.toISOString(),
        version: `${facts.size}-${facts.mtimeNs}`,
      };
    } catch (error) {
      if (error instanceof LoadError) throw error;
      throw new LoadError('LOAD_UNREADABLE', `${path} cannot be read: ${messageOf(error)}.`, {
        location: { file },
        hint: 'Look at the permissions of the file and, if it is a link, at what it points to.',
        cause: error,
      });
    }
  }

  read(path: string): Readable {
    return createReadStream(this.locate(path), { highWaterMark: 1_048_576 });
  }

  async bringLocal(path: string): Promise<string> {
    return this.locate(path);
  }

  locate(path: string): string {
    return join(this.name, path);
  }

  #listError(cause: unknown): LoadError {
    const code = (cause as NodeJS.ErrnoException).code;
    const location = { file: this.name };
    const hint = 'Name the folder that holds the delivered files: --source FOLDER or MATINEE_SOURCE.';
    if (code === 'ENOENT') {
      return new LoadError('LOAD_FOLDER_MISSING', `There is no folder ${this.name}.`, {
        location,
        hint,
        cause,
      });
    }
    if (code === 'ENOTDIR') {
      return new LoadError('LOAD_NOT_A_FOLDER', `${this.name} is no folder.`, { location, hint, cause });
    }
    return new LoadError('LOAD_UNREADABLE', `The folder ${this.name} cannot be read: ${messageOf(cause)}.`, {
      location,
      hint: 'Look at the permissions of the folder.',
      cause,
    });
  }
}
