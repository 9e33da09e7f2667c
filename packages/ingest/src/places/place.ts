import type { DeliveredFile } from '@matinee/core';

/** What is known of a delivered file without reading it. */
export interface FileFacts {
  readonly bytes: number;
  /** ISO time. */
  readonly modifiedAt: string;
  /** Changes whenever the file's content does: size and times on disk, an ETag in a bucket, a CRC in an archive. */
  readonly version: string;
}

/** A file as a listing shows it. */
export interface ListedFile {
  readonly path: string;
  /** Where the listing gave them; otherwise {@link Place.look} does. */
  readonly facts?: FileFacts;
}

/** A file whose bytes are wanted, in the version that was found. */
export type WantedFile = Pick<DeliveredFile, 'path' | 'bytes' | 'version'>;

export interface BringOptions {
  readonly signal?: AbortSignal | undefined;
  /** Called with the bytes that have been copied so far; never where nothing has to be copied. */
  readonly onBytes?: ((bytes: number) => void) | undefined;
}

/** Where deliveries lie. Paths are relative to it, separated by `/`. A signal ends what takes long: InterruptedError. */
export interface Place {
  /** For people. */
  readonly name: string;
  /**
   * What lies in the place itself, and everything at any depth in those of its folders that are named. Of other folders
   * nothing is listed but perhaps their names, so that a place may hold much else.
   *
   * @param onListed called with all that is listed so far, where that takes several requests
   * @throws LoadError if the place is not there or may not be read.
   */
  list(
    folders: ReadonlySet<string>,
    signal?: AbortSignal,
    onListed?: (count: number) => void,
  ): Promise<readonly ListedFile[]>;
  /** @throws LoadError if there is no readable file at the path. */
  look(path: string, signal?: AbortSignal): Promise<FileFacts>;
  /** Whether files come over a line, which takes longer than to read them. */
  readonly isRemote?: boolean;
  /** Whether {@link Place.head} unpacks what is compressed. */
  readonly unpacksHeads?: boolean;
  /** The first bytes of a file, fewer than asked for only if it ends before. @throws LoadError. */
  head(file: WantedFile, bytes: number, signal?: AbortSignal): Promise<Buffer>;
  /**
   * The checksum of a file's bytes as they lie there, in places where a file may get another version though nothing was written
   * but the same bytes.
   *
   * @throws LoadError LOAD_FILE_CHANGED, LOAD_UNREADABLE; InterruptedError.
   */
  checksum?(file: WantedFile, signal?: AbortSignal): Promise<string>;
  /**
   * The path of a file's bytes on the local disk. Places that are elsewhere bring them into the folder first, complete
   * and in the version wanted, or not at all.
   *
   * @throws LoadError.
   */
  bringLocal(file: WantedFile, folder: string, options?: BringOptions): Promise<string>;
  /**
   * Makes sure that what {@link Place.bringLocal} gave is still the version wanted. Nothing is to be done for a copy.
   *
   * @throws LoadError LOAD_FILE_CHANGED.
   */
  requireUnchanged(file: WantedFile): Promise<void>;
  /** The path as errors name it. */
  locate(path: string): string;
}
