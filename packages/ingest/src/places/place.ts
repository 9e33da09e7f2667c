/** A file at the place of a delivery. */
export interface PlacedFile {
  /** Relative to the place, `/`-separated. */
  readonly path: string;
  readonly bytes: number;
  /** ISO time. */
  readonly modifiedAt: string;
}

/** Where a delivery lies: a folder now; a bucket fits in beside it. */
export interface Place {
  /** As people know it. */
  readonly name: string;
  /** Everything that could be a delivered file. @throws LoadError when the place cannot be read. */
  list(): Promise<readonly PlacedFile[]>;
  /** A path on this machine under which a file's bytes can be read. */
  localPath(path: string): string;
}
