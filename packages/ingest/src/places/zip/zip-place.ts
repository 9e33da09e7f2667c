import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { InterruptedError, LoadError } from '@matinee/core';
import type yauzl from 'yauzl';
import { requireRoom } from '../../load/room.js';
import { fileChanged } from '../file-changed.js';
import type { BringOptions, FileFacts, ListedFile, Place, WantedFile } from '../place.js';
import type { ArchiveStore } from './archive.js';
import type { Directory } from './directory.js';
import { leadingFolder } from './leading-folder.js';
import { DEFLATED, STORED, unpackEntry, unpackHead } from './unpack-entry.js';
import { notUnpackable, zipError } from './zip-errors.js';

/** The share of the time that goes into copying what has to be unpacked as well: only what comes over a line is copied. */
const COPYING = 0.9;

/** The files in a zip archive, without the folder that all of them may lie in. Each is unpacked when it is needed. */
export class ZipPlace implements Place {
  readonly name: string;
  readonly isRemote: boolean;
  readonly #store: ArchiveStore;
  #directory: Promise<Directory> | undefined;

  constructor(store: ArchiveStore) {
    this.name = store.name;
    this.isRemote = store.isRemote;
    this.#store = store;
  }

  async list(folders: ReadonlySet<string>, signal?: AbortSignal): Promise<readonly ListedFile[]> {
    this.#directory = undefined;
    const { archive, entries } = await this.#open(signal);
    const prefix = leadingFolder(entries.keys(), folders);
    return [...entries]
      .filter(([name]) => name.startsWith(prefix))
      .map(([name, entry]) => ({
        path: name.slice(prefix.length),
        facts: factsOf(entry, archive.facts.modifiedAt),
      }));
  }

  async look(path: string): Promise<FileFacts> {
    const { archive } = await this.#open();
    return factsOf(await this.#entry(path), archive.facts.modifiedAt);
  }

  async head(file: WantedFile, bytes: number): Promise<Buffer> {
    return this.#unpacking(file, async ({ archive, rangeOf }, entry) => {
      const { start, length } = await rangeOf(entry);
      // What is hard to pack takes a little more room than it had.
      const packed = await archive.read({ start, length: Math.min(length, bytes * 2) });
      return unpackHead(packed, entry, bytes);
    });
  }

  async bringLocal(
    file: WantedFile,
    folder: string,
    { signal, onBytes }: BringOptions = {},
  ): Promise<string> {
    return this.#unpacking(file, async ({ archive, rangeOf }, entry) => {
      const target = join(folder, 'entry');
      const packed = this.isRemote ? entry.compressedSize : 0;
      await requireRoom(folder, packed + entry.uncompressedSize, this.locate(file.path));
      let copied = 0;
      const from = await archive.bring(await rangeOf(entry), folder, {
        signal,
        onBytes: (bytes) => {
          copied = (bytes / entry.compressedSize) * COPYING;
          onBytes?.(copied * file.bytes);
        },
      });
      await unpackEntry(entry, from, target, this.locate(file.path), {
        signal,
        onBytes: (bytes) => onBytes?.(copied * file.bytes + bytes * (1 - copied)),
      });
      if (from.path !== this.name) await rm(from.path, { force: true });
      return target;
    });
  }

  /** What was unpacked has had its checksum taken. */
  async requireUnchanged(): Promise<void> {}

  locate(path: string): string {
    return `${this.name}/${path}`;
  }

  /** Does something with an entry. If the archive was replaced meanwhile, that is what any failure means. */
  async #unpacking<T>(
    { path, version }: WantedFile,
    work: (directory: Directory, entry: yauzl.Entry) => Promise<T>,
  ): Promise<T> {
    const directory = await this.#open();
    const entry = await this.#entry(path);
    if (versionOf(entry) !== version) throw fileChanged(path, this.locate(path));
    const { compressionMethod: method } = entry;
    if (entry.isEncrypted() || (method !== STORED && method !== DEFLATED)) {
      throw notUnpackable(this.locate(path), method, entry.isEncrypted());
    }
    try {
      return await work(directory, entry);
    } catch (error) {
      if (error instanceof InterruptedError) throw error;
      await directory.archive.requireUnchanged();
      throw zipError(this.locate(path), error);
    }
  }

  #open(signal?: AbortSignal): Promise<Directory> {
    this.#directory ??= this.#read(signal);
    // One that could not be read is tried again the next time.
    this.#directory.catch(() => {
      this.#directory = undefined;
    });
    return this.#directory;
  }

  async #read(signal?: AbortSignal): Promise<Directory> {
    const archive = await this.#store.open(signal);
    // It loads yauzl, which nobody needs who has no archive.
    const { readDirectory } = await import('./directory.js');
    return readDirectory(this.name, archive);
  }

  async #entry(path: string): Promise<yauzl.Entry> {
    const { entries } = await this.#open();
    const entry = entries.get(path) ?? entries.get(leadingFolder(entries.keys()) + path);
    if (entry) return entry;
    throw new LoadError('LOAD_FILE_CHANGED', `${this.name} no longer holds ${path}.`, {
      location: { file: this.name },
      hint: 'Load again once the delivery is complete.',
    });
  }
}

function versionOf({ crc32, uncompressedSize }: yauzl.Entry): string {
  return `${crc32.toString(16).padStart(8, '0')}-${uncompressedSize}`;
}

/** The time is the archive's: when its files were delivered. Those of the entries are in nobody knows which zone. */
function factsOf(entry: yauzl.Entry, modifiedAt: string): FileFacts {
  return { bytes: entry.uncompressedSize, modifiedAt, version: versionOf(entry) };
}
