/** A record that was not loaded: which, and why. */
export interface Reject {
  /** The physical line on which it begins; the header is line 1. */
  readonly line: number;
  /** The column whose value does not fit, or null if the record as a whole does not. */
  readonly column: string | null;
  /** A sentence. */
  readonly reason: string;
  /** The record as delivered, cut to 10,000 characters; bytes that are no UTF-8 are replaced. */
  readonly raw: string;
}

/** Takes what a scan finds, in the file's order. The bytes are only lent: the next block overwrites them. */
export interface RecordSink {
  /** The bytes that follow begin at this offset of the file. */
  block(offset: number): void;
  /** A record that DuckDB's reader takes as it stands. Its line end may be included. */
  accept(bytes: Uint8Array, from: number, to: number, line: number): void;
  /** A record that fits, but which DuckDB's reader would take otherwise unless written anew with these values. */
  rewrite(values: readonly Uint8Array[], from: number, to: number, line: number): void;
  reject(reject: Reject): void;
}
