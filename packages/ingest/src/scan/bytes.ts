/** Bytes that mean something in a CSV file. */
export const LF = 10;
export const CR = 13;
export const QUOTE = 34;
export const COMMA = 44;
export const BACKSLASH = 92;

/** A record may have this many bytes; DuckDB's reader, left at its default, takes twice as many. */
export const MAX_RECORD_BYTES = 1_048_576;
