import { type DeliveredFile, InterruptedError, LoadError } from '@matinee/core';
import type { Place } from '../places/place.js';
import { plainLocalFile } from './local-file.js';
import { Turns } from './turns.js';
import { makeWorkspace } from './workspace.js';

/** Files that may be brought ahead: so many, one of any size among them, the others together no larger than the bytes. */
const AHEAD_FILES = 256;
const AHEAD_BYTES = 67_108_864;
/** Of these, and of those that are asked for, so many come side by side. */
const AT_ONCE = 8;

export interface StagingOptions {
  readonly temporaryFolder: string | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Called with a file and the share of it that has come, from 0 to 1; never where nothing has to be brought. */
  readonly onShare?: ((file: DeliveredFile, share: number) => void) | undefined;
}

/** A file on the local disk. */
export interface StagedFile {
  /** Where its plain bytes are. */
  readonly path: string;
  /** For more temporary files, gone together with it. */
  readonly folder: string;
}

/**
 * Brings files to the local disk, unpacked, in the order in which they will be loaded. While one is being loaded the next
 * comes, and more if they are small. So at most two large files lie there at a time.
 */
export class Staging {
  readonly #place: Place;
  readonly #options: StagingOptions;
  readonly #files: readonly DeliveredFile[];
  /** Those that were used last. They stay until others are, for they may be needed once more. */
  #used: readonly DeliveredFile[] = [];
  /** What has been begun, in the order of the files. */
  readonly #errands = new Map<DeliveredFile, Errand>();
  readonly #turns = new Turns(AT_ONCE);

  /** @param files all that may be used, in this order */
  constructor(place: Place, files: readonly DeliveredFile[], options: StagingOptions) {
    this.#place = place;
    this.#files = files;
    this.#options = options;
  }

  /**
   * Does something with files that follow each other, which are there as long as that takes, and then until others are asked for.
   * Those that come before them in the order are no longer expected.
   *
   * @throws what {@link plainLocalFile} throws, and LoadError LOAD_TEMPORARY_FOLDER.
   */
  async use<T>(
    files: readonly DeliveredFile[],
    work: (staged: readonly StagedFile[]) => Promise<T>,
  ): Promise<T> {
    const first = this.#files.indexOf(files[0]!);
    await this.#drop(this.#files.slice(0, Math.max(first, 0)));
    this.#used = files;
    const cameAhead = files.some((file) => this.#errands.has(file));
    const staged = await this.#bring(files).catch(async (error: unknown) => {
      // What came ahead may have found a disk full of what has gone since.
      if (!cameAhead || !isOutOfRoom(error)) throw error;
      await this.#drop([...this.#errands.keys()]);
      return this.#bring(files);
    });
    if (first >= 0) this.#lookAhead(first + files.length);
    return work(staged);
  }

  /** Does something with a file that was used before, and is gone then. It is brought once more only if others were used since. */
  async useAgain<T>(file: DeliveredFile, work: (staged: StagedFile) => Promise<T>): Promise<T> {
    if (!this.#errands.has(file)) await this.#drop(this.#used);
    const { staged } = this.#begin(file);
    try {
      return await work(await staged);
    } finally {
      await this.#drop([file]);
    }
  }

  /** Stops what is under way and removes what has come. */
  async close(): Promise<void> {
    await this.#drop([...this.#errands.keys()]);
  }

  /** The line must not lie idle because small files stand before a large one. */
  #lookAhead(from: number): void {
    let largest = 0;
    let others = 0;
    for (const file of this.#files.slice(from, from + AHEAD_FILES)) {
      others += Math.min(file.bytes, largest);
      largest = Math.max(file.bytes, largest);
      if (others > AHEAD_BYTES) return;
      this.#begin(file);
    }
  }

  #bring(files: readonly DeliveredFile[]): Promise<readonly StagedFile[]> {
    return Promise.all(files.map((file) => this.#begin(file).staged));
  }

  #begin(file: DeliveredFile): Errand {
    const errand = this.#errands.get(file) ?? new Errand(this.#place, file, this.#options, this.#turns);
    this.#errands.set(file, errand);
    return errand;
  }

  async #drop(files: readonly DeliveredFile[]): Promise<void> {
    const dropped = files.flatMap((file) => this.#errands.get(file) ?? []);
    for (const file of files) this.#errands.delete(file);
    await Promise.all(dropped.map((errand) => errand.end()));
  }
}

function isOutOfRoom(error: unknown): boolean {
  return error instanceof LoadError && error.code === 'LOAD_TEMPORARY_FOLDER';
}

/** The bringing of one file. */
class Errand {
  readonly staged: Promise<StagedFile>;
  readonly #abort = new AbortController();
  #remove: () => Promise<void> = async () => undefined;

  constructor(place: Place, file: DeliveredFile, options: StagingOptions, turns: Turns) {
    const { signal } = options;
    const own = this.#abort.signal;
    const either = signal ? AbortSignal.any([signal, own]) : own;
    this.staged = turns.run(either, () => this.#bring(place, file, options, either));
    // It may fail before anybody asks for it.
    this.staged.catch(() => undefined);
  }

  async end(): Promise<void> {
    this.#abort.abort();
    await this.staged.catch(() => undefined);
    await this.#remove();
  }

  async #bring(
    place: Place,
    file: DeliveredFile,
    { temporaryFolder, onShare }: StagingOptions,
    signal: AbortSignal,
  ): Promise<StagedFile> {
    const { folder, remove } = await makeWorkspace(temporaryFolder, place.locate(file.path));
    this.#remove = remove;
    if (signal.aborted) throw new InterruptedError();
    const options = { signal, onShare: (share: number) => onShare?.(file, share) };
    return { path: await plainLocalFile(place, file, folder, options), folder };
  }
}
