import type { Source } from '../nodes/source.js';
import type { Session } from './adapter.js';

/** A source and the table to create for it. */
export interface SourceTarget {
  readonly source: Source;
  /** The quoted name of the table to create. */
  readonly table: string;
}

/** A delivered file that belongs to a source. */
export interface DeliveredFile {
  /** The name of the source node. */
  readonly source: string;
  /** Relative to the delivery's root, `/`-separated; it goes into the raw rows' `_file`. */
  readonly path: string;
  /** The name of the published shape it comes in. */
  readonly shape: string;
  readonly bytes: number;
  /** ISO time. */
  readonly modifiedAt: string;
  /** Changes whenever the file's content does: size and time of a file, the ETag of an object. */
  readonly version: string;
}

/** What is known of a file that was loaded before: while its version stays, nobody need open it to know its shape. */
export type KnownFile = Pick<DeliveredFile, 'source' | 'path' | 'shape' | 'version'>;

/** What a delivery holds for some sources, looked at but not read. */
export interface Delivery {
  /** Where it lies, for people. */
  readonly place: string;
  readonly files: readonly DeliveredFile[];
}

/** A file as it was loaded. Rows delivered = rows + rejectedRows + repeatedRows, and those overruled by other files. */
export interface LoadedFile extends DeliveredFile {
  readonly rows: number;
  readonly rejectedRows: number;
  readonly repeatedRows: number;
  readonly seconds: number;
}

/** What became of a source's rows. */
export interface LoadedSource {
  readonly source: string;
  readonly rows: number;
  readonly rejectedRows: number;
  /** Rows delivered twice, collapsed into one. */
  readonly repeatedRows: number;
  /** Rows whose key came with other values in a file that goes before. */
  readonly overruledRows: number;
  readonly files: readonly LoadedFile[];
}

/** How many rejected rows of one source a load puts up with: a number, or a share of the delivered rows (0 … 1). */
export type RejectLimit = { readonly rows: number } | { readonly share: number };

export interface LoadProgress {
  readonly source: string;
  readonly file: string;
  readonly bytesDone: number;
  readonly bytesTotal: number;
}

export interface LoadRequest {
  readonly targets: readonly SourceTarget[];
  readonly delivery: Delivery;
  readonly session: Session;
  readonly loadId: string;
  readonly maxRejects: RejectLimit;
  /** The quoted name of the table that keeps rejected rows: load_id, source, file, line, column_name, reason, raw. */
  readonly rejectsTable: string;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: LoadProgress) => void;
}

/** Brings delivered files into raw tables. */
export interface SourceLoader {
  /**
   * Finds the files of sources and checks names and headers.
   *
   * @param known files that were loaded before
   * @throws LoadError, all problems at once.
   */
  survey(sources: readonly Source[], known?: readonly KnownFile[]): Promise<Delivery>;
  /**
   * Creates and fills the targets' tables. Rejected rows are kept even if the load then fails; the tables it has made by
   * then are the caller's to drop. @throws LoadError.
   */
  load(request: LoadRequest): Promise<readonly LoadedSource[]>;
}
