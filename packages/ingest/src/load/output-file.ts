import { closeSync, openSync, writeSync } from 'node:fs';
import { LoadError, messageOf } from '@matinee/core';

const ROOM = 1_048_576;

/** A local file written in pieces of a megabyte. Writes block, so that a scan cannot run ahead of the disk. */
export class OutputFile {
  readonly path: string;
  readonly #file: string;
  #handle: number | undefined;
  readonly #buffer = Buffer.allocUnsafe(ROOM);
  #filled = 0;

  /**
   * @param file the delivered file that it is written for, as errors name it
   * @throws LoadError LOAD_TEMPORARY_FOLDER.
   */
  constructor(path: string, file: string) {
    this.path = path;
    this.#file = file;
    try {
      this.#handle = openSync(path, 'w');
    } catch (error) {
      throw temporaryFolderError(path, error, file);
    }
  }

  /** @throws LoadError LOAD_TEMPORARY_FOLDER if the disk refuses, most often because it is full. */
  write(bytes: Uint8Array, from = 0, to = bytes.length): void {
    if (to - from > ROOM - this.#filled) this.#flush();
    if (to - from > ROOM) {
      this.#put(bytes.subarray(from, to));
    } else {
      this.#buffer.set(bytes.subarray(from, to), this.#filled);
      this.#filled += to - from;
    }
  }

  writeText(text: string): void {
    // A character has at most three bytes in UTF-8 per UTF-16 unit.
    if (text.length * 3 > ROOM - this.#filled) this.#flush();
    if (text.length * 3 > ROOM) this.#put(Buffer.from(text));
    else this.#filled += this.#buffer.write(text, this.#filled);
  }

  /** May be called twice. */
  close(): void {
    if (this.#handle === undefined) return;
    const handle = this.#handle;
    try {
      this.#flush();
    } finally {
      this.#handle = undefined;
      closeSync(handle);
    }
  }

  #flush(): void {
    this.#put(this.#buffer.subarray(0, this.#filled));
    this.#filled = 0;
  }

  #put(bytes: Uint8Array): void {
    try {
      for (let done = 0; done < bytes.length; ) done += writeSync(this.#handle!, bytes, done);
    } catch (error) {
      throw temporaryFolderError(this.path, error, this.#file);
    }
  }
}

/** @param file the delivered file that comes there, as errors name it: the error is about its source */
export function temporaryFolderError(path: string, cause: unknown, file: string): LoadError {
  return new LoadError('LOAD_TEMPORARY_FOLDER', `Cannot write ${path} for ${file}: ${messageOf(cause)}.`, {
    location: { file },
    hint: 'Free disk space, or choose another folder for temporary files.',
    cause,
  });
}
