import type { Source } from '../nodes/source.js';
import type { Session } from './adapter.js';
import type { RejectLimit } from './reject-limit.js';

/** A source and the table to create for it. */
export interface SourceTarget {
  readonly source: Source;
  /** The quoted name of the table to create. */
  readonly table: string;
  /** The files to load. */
  readonly files: readonly DeliveredFile[];
  /** Where some of what is published stays. */
  readonly standing?: StandingTable;
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
  /** Changes whenever the file's content does, and may change without: size and times of a file, the ETag of an object. */
  readonly version: string;
  /** The version under which this content was found first: it stays while only times change. */
  readonly contentVersion: string;
}

/**
 * What is known of a file that was loaded before: while its version stays, nobody need open it, and while its size and checksum do,
 * nobody need load it.
 */
export type KnownFile = Pick<
  LoadedFile,
  'source' | 'path' | 'shape' | 'bytes' | 'version' | 'contentVersion' | 'checksum'
>;

/** What a delivery holds for some sources, looked at but not read. */
export interface Delivery {
  /** Where it lies, for people. */
  readonly place: string;
  readonly files: readonly DeliveredFile[];
}

/** A file as it was loaded. Rows delivered = rows + rejectedRows + repeatedRows + overruledRows. */
export interface LoadedFile extends DeliveredFile {
  readonly rows: number;
  readonly rejectedRows: number;
  /** Rows delivered twice, here or in a file that goes before, collapsed into one. */
  readonly repeatedRows: number;
  /** Rows whose key came with other values in a file that goes before. */
  readonly overruledRows: number;
  /** Repeated and overruled rows that would stand if it were not for other files. */
  readonly hiddenRows: number;
  readonly seconds: number;
  /** Of the bytes as they were delivered, where the version alone may change without them: on the local disk. */
  readonly checksum?: string | undefined;
}

/** A file whose rows stand in a source's published table. */
export interface StandingFile extends LoadedFile {
  /** The delivery that it lay in. */
  readonly place: string;
  /** The load that brought it. */
  readonly loadId: string;
}

/** A published table, some of whose rows a load leaves as they are. */
export interface StandingTable {
  /** Quoted. */
  readonly table: string;
  /** All files whose rows are in it. */
  readonly files: readonly StandingFile[];
  /** Those whose rows stay; the other rows go. */
  readonly kept: readonly StandingFile[];
  /** Whether the rows that stay are to be left where they are, instead of copied. */
  readonly inPlace: boolean;
  /** The quoted name of a table that helps: a later run clears it away if this one does not get to it. */
  helper(what: string): string;
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
  /** The files that were loaded. */
  readonly files: readonly LoadedFile[];
  /** Files whose rows stay as they were loaded before, but for those that other files now hide. */
  readonly kept: readonly StandingFile[];
  /** Set if the table was not made anew: what takes the place of what. */
  readonly slice?: LoadedSlice;
}

/** What a load changes about a standing table, which is left as it is until it is published. */
export interface LoadedSlice {
  /** The quoted name of a table with the rows that come. */
  readonly rows: string;
  /** Tables of values, each of some columns: rows of the standing table with such values go. */
  readonly touched: readonly { readonly table: string; readonly columns: readonly string[] }[];
  /** Statements that make the standing table able to take the rows. Run inside the transaction that publishes. */
  readonly prepare: readonly string[];
  /** Quoted names of tables to drop afterwards. */
  readonly helpers: readonly string[];
}

/** How far a source is, as a share of its delivered bytes that never falls. */
export interface LoadProgress {
  readonly source: string;
  /** The path of the file that has got on. */
  readonly file: string;
  /** Of all files of the source that are to be loaded; one that is fetched but not yet read counts in part. */
  readonly bytesDone: number;
  readonly bytesTotal: number;
}

/** How far the look at a delivery is. */
export interface SurveyProgress {
  /** As {@link Delivery.place}. */
  readonly place: string;
  /** Objects of a bucket that are listed so far, while that lasts: they may be many more than the files that are wanted. */
  readonly objectsListed?: number;
  readonly filesDone: number;
  /** Undefined until all files are listed. */
  readonly filesTotal: number | undefined;
}

/** A store that is asked again, for it did not answer, could not do it just now, or its answer broke off. */
export interface StoreRetry {
  /** Its host, or Amazon's S3 with the region. */
  readonly store: string;
  /** The one that now begins, 2 or more. */
  readonly attempt: number;
  /** How many there will be before it is given up. */
  readonly attempts: number;
  /** A code: the store's, the system's or the SDK's. */
  readonly reason: string;
}

/** Who wants to know how a survey goes. */
export interface SurveyWatch {
  readonly onProgress?: (progress: SurveyProgress) => void;
  readonly onStoreRetry?: (retry: StoreRetry) => void;
}

export interface LoadRequest {
  readonly targets: readonly SourceTarget[];
  readonly session: Session;
  readonly loadId: string;
  readonly maxRejects: RejectLimit;
  /** The quoted name of the table that keeps rejected rows: load_id, source, file, line, column_name, reason, raw. */
  readonly rejectsTable: string;
  readonly signal?: AbortSignal;
  /** Told the source that the session's statements are for from now on. */
  readonly onSource?: (source: string) => void;
  readonly onProgress?: (progress: LoadProgress) => void;
  readonly onStoreRetry?: (retry: StoreRetry) => void;
}

/** Brings delivered files into raw tables. */
export interface SourceLoader {
  /**
   * Finds the files of sources and checks names and headers.
   *
   * @param known files that were loaded before
   * @param signal ends it at once
   * @throws LoadError, all problems at once; InterruptedError.
   */
  survey(
    sources: readonly Source[],
    known?: readonly KnownFile[],
    signal?: AbortSignal,
    watch?: SurveyWatch,
  ): Promise<Delivery>;
  /**
   * Creates and fills the targets' tables. Rejected rows are kept even if the load then fails; the tables it has made by
   * then are the caller's to drop. @throws LoadError.
   */
  load(request: LoadRequest): Promise<readonly LoadedSource[]>;
}
