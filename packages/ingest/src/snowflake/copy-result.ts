import type { WarehouseRow } from '@matinee/core';
import { copyFailed } from './copy-errors.js';

/** What COPY says of one file. */
export interface CopiedFile {
  /** As the stage calls it. */
  readonly file: string;
  readonly parsed: number;
  readonly loaded: number;
  readonly errors: number;
  /** The first error with its place, or undefined. */
  readonly firstError: string | undefined;
}

/**
 * Reads the result of a COPY. It comes in two forms: a row for each file, or, where nothing was done, a single text.
 *
 * @param place for people
 * @param expected how many files were to be copied
 * @throws LoadError LOAD_COPY if a file is missing in it, or was not taken.
 */
export function readCopyResult(
  rows: readonly WarehouseRow[],
  place: string,
  expected: number,
): readonly CopiedFile[] {
  const [first] = rows;
  if (first && !('file' in first)) throw copyFailed(place, String(Object.values(first)[0]));
  const copied = rows.map(copiedFile);
  if (copied.length !== expected) {
    throw copyFailed(place, `It speaks of ${copied.length} files, where ${expected} were to be read.`);
  }
  for (const row of rows) {
    if (row.status !== 'LOAD_FAILED' || Number(row.errors_seen) > 0) continue;
    throw copyFailed(String(row.file), String(row.first_error ?? row.status));
  }
  return copied;
}

function copiedFile(row: WarehouseRow): CopiedFile {
  const error = row.first_error;
  const line = row.first_error_line == null ? '' : ` (line ${row.first_error_line})`;
  return {
    file: String(row.file),
    parsed: Number(row.rows_parsed),
    loaded: Number(row.rows_loaded),
    errors: Number(row.errors_seen),
    firstError: error == null ? undefined : `${error}${line}`,
  };
}
