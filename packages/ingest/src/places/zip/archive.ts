import type { BringOptions, FileFacts } from '../place.js';

/** A piece of an archive, in bytes from its beginning. */
export interface ByteRange {
  readonly start: number;
  readonly length: number;
}

/** Where an archive lies. */
export interface ArchiveStore {
  /** The archive as errors name it. */
  readonly name: string;
  /** Whether its bytes come over a line. */
  readonly isRemote: boolean;
  /**
   * The archive as it is now.
   *
   * @param signal ends what is read of it, now or later
   * @throws LoadError if it is not there or may not be read; InterruptedError.
   */
  open(signal?: AbortSignal): Promise<Archive>;
}

/** One version of an archive. Reading another version than that is LOAD_FILE_CHANGED. */
export interface Archive {
  readonly facts: FileFacts;
  /** The bytes of a range that ends within the archive. @throws LoadError. */
  read(range: ByteRange): Promise<Buffer>;
  /** A local file that holds the range from `start` on. One that was copied for it lies in the folder. @throws LoadError. */
  bring(range: ByteRange, folder: string, options: BringOptions): Promise<{ path: string; start: number }>;
  /** @throws LoadError LOAD_FILE_CHANGED. */
  requireUnchanged(): Promise<void>;
}
