import { constants } from 'node:fs';
import { access, open, readdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { LoadError, MatineeError, messageOf } from '@matinee/core';
import { fileChecksum } from '../checksums/file-checksum.js';
import { fileChanged } from './file-changed.js';
import { filesBelow } from './files-below.js';
import { missingHint } from './nearby-path.js';
import type { FileFacts, ListedFile, Place, WantedFile } from './place.js';
import { statVersion } from './stat-version.js';

/** A folder on the local disk. Files are read where they lie. */
export class Folder implements Place {
  readonly name: string;

  /** @param path absolute */
  constructor(path: string) {
    this.name = path;
  }

  async list(folders: ReadonlySet<string>): Promise<readonly ListedFile[]> {
    let names: readonly string[];
    try {
      names = await readdir(this.name);
    } catch (error) {
      throw await this.#listError(error);
    }
    const below = names.filter((name) => folders.has(name)).map((name) => filesBelow(this.name, name));
    const paths = [...names, ...(await Promise.all(below)).flat()];
    return paths.map((path) => ({ path }));
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
        version: statVersion(facts),
      };
    } catch (error) {
      throw error instanceof LoadError ? error : this.#readError(path, error);
    }
  }

  async head({ path }: WantedFile, bytes: number): Promise<Buffer> {
    try {
      const handle = await open(this.locate(path));
      try {
        return await readFully(handle, bytes);
      } finally {
        await handle.close();
      }
    } catch (error) {
      throw this.#readError(path, error);
    }
  }

  async checksum(file: WantedFile, signal?: AbortSignal): Promise<string> {
    const found = await fileChecksum(this.locate(file.path), signal).catch((error: unknown) => {
      throw error instanceof MatineeError ? error : this.#readError(file.path, error);
    });
    await this.requireUnchanged(file);
    return found;
  }

  async bringLocal({ path }: WantedFile): Promise<string> {
    return this.locate(path);
  }

  async requireUnchanged({ path, version }: WantedFile): Promise<void> {
    if ((await this.look(path)).version !== version) throw fileChanged(path, this.locate(path));
  }

  locate(path: string): string {
    return join(this.name, path);
  }

  #readError(path: string, cause: unknown): LoadError {
    return new LoadError('LOAD_UNREADABLE', `${path} cannot be read: ${messageOf(cause)}.`, {
      location: { file: this.locate(path) },
      hint: 'Look at the permissions of the file and, if it is a link, at what it points to.',
      cause,
    });
  }

  async #listError(cause: unknown): Promise<LoadError> {
    const code = (cause as NodeJS.ErrnoException).code;
    const location = { file: this.name };
    if (code === 'ENOTDIR' && (await isThere(this.name))) {
      return new LoadError('LOAD_NOT_A_FOLDER', `${this.name} is no folder.`, {
        location,
        hint: `A source is a folder that files lie in, or a .zip file: name ${dirname(this.name)}, or another by --source PLACE or MATINEE_SOURCE.`,
        cause,
      });
    }
    if (code === 'ENOENT' || code === 'ENOTDIR') {
      const hint = await missingHint(this.name);
      return new LoadError('LOAD_FOLDER_MISSING', `There is no folder ${this.name}.`, {
        location,
        hint,
        cause,
      });
    }
    return new LoadError('LOAD_UNREADABLE', `The folder ${this.name} cannot be read: ${messageOf(cause)}.`, {
      location,
      hint: 'Look at the permissions of the folder.',
      cause,
    });
  }
}

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

interface Readable {
  read(buffer: Buffer, offset: number, length: number, position: number): Promise<{ bytesRead: number }>;
}

/** The first bytes of an open file. One read may give fewer than there are. */
async function readFully(handle: Readable, bytes: number): Promise<Buffer> {
  const buffer = Buffer.alloc(bytes);
  for (let filled = 0; ; ) {
    const { bytesRead } = await handle.read(buffer, filled, bytes - filled, filled);
    filled += bytesRead;
    if (bytesRead === 0 || filled === bytes) return buffer.subarray(0, filled);
  }
}
