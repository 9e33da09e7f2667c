import type { Readable } from 'node:stream';

/** What is known of a delivered file without reading it. */
export interface FileFacts {
  readonly bytes: number;
  /** ISO time. */
  readonly modifiedAt: string;
  /** Changes whenever the file's content does: a size and time on disk, an ETag in a bucket. */
  readonly version: string;
}

/** Where deliveries lie. Paths are relative to it, separated by `/`. */
export interface Place {
  /** For people. */
  readonly name: string;
  /** The paths of everything in it. @throws LoadError if it is not there or may not be read. */
  list(): Promise<readonly string[]>;
  /** @throws LoadError if there is no readable file at the path. */
  look(path: string): Promise<FileFacts>;
  /** The file's bytes from its beginning. Errors of the stream are the system's own. */
  read(path: string): Readable;
  /** The path on the local disk; places that are elsewhere bring the file into the folder first. */
  bringLocal(path: string, folder: string): Promise<string>;
  /** The path as errors name it. */
  locate(path: string): string;
}
