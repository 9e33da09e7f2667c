import { open, stat } from 'node:fs/promises';
import { LoadError, messageOf } from '@matinee/core';
import { fileChanged } from '../file-changed.js';
import { missingHint } from '../nearby-path.js';
import type { FileFacts } from '../place.js';
import { statVersion } from '../stat-version.js';
import type { Archive, ArchiveStore, ByteRange } from './archive.js';

/** An archive on the local disk. */
export class LocalArchive implements ArchiveStore {
  readonly name: string;
  readonly isRemote = false;

  /** @param path absolute */
  constructor(path: string) {
    this.name = path;
  }

  async open(): Promise<Archive> {
    const path = this.name;
    const facts = await look(path);
    return {
      facts,
      read: (range) => read(path, range),
      bring: async ({ start }) => ({ path, start }),
      requireUnchanged: async () => {
        if ((await look(path)).version !== facts.version) throw fileChanged(path, path);
      },
    };
  }
}

async function look(path: string): Promise<FileFacts> {
  try {
    const facts = await stat(path, { bigint: true });
    if (!facts.isFile()) throw notAFile(path);
    return { bytes: Number(facts.size), modifiedAt: facts.mtime.toISOString(), version: statVersion(facts) };
  } catch (cause) {
    throw cause instanceof LoadError ? cause : await archiveError(path, cause);
  }
}

/** A pipe would be waited for. */
function notAFile(path: string): LoadError {
  return new LoadError('LOAD_NOT_A_FILE', `${path} is no file.`, {
    location: { file: path },
    hint: 'A source is a folder that files lie in, or a .zip file that can be read at any place.',
  });
}

async function read(path: string, { start, length }: ByteRange): Promise<Buffer> {
  try {
    const handle = await open(path);
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, start);
      return buffer.subarray(0, bytesRead);
    } finally {
      await handle.close();
    }
  } catch (cause) {
    throw await archiveError(path, cause);
  }
}

async function archiveError(path: string, cause: unknown): Promise<LoadError> {
  const location = { file: path };
  return (cause as NodeJS.ErrnoException).code === 'ENOENT'
    ? new LoadError('LOAD_FOLDER_MISSING', `There is no file ${path}.`, {
        location,
        hint: await missingHint(path),
        cause,
      })
    : new LoadError('LOAD_UNREADABLE', `${path} cannot be read: ${messageOf(cause)}.`, {
        location,
        hint: 'Look at the permissions of the file and at the disk.',
        cause,
      });
}
