import { stat } from 'node:fs/promises';
import type { DeliveredFile } from '@matinee/core';
import type { FileReading } from '../reading/reading.js';
import type { LoadContext } from './context.js';
import { loadCopy } from './load-copy.js';
import { loadProven } from './load-proven.js';
import { FileProgress } from './progress.js';
import type { RawTable } from './raw-table.js';

/** A file of a delivery as a step of its load needs it. */
export interface FileToLoad {
  readonly file: DeliveredFile;
  readonly reading: FileReading;
  readonly table: RawTable;
  /** Where its plain bytes are on the local disk. */
  readonly path: string;
  /** For temporary files. */
  readonly folder: string;
  /** Called with the plain bytes done so far. */
  readonly onBytes: (bytes: number) => void;
}

/** What a scan has counted, and whether the keys of the rows that fit rise from each to the next. */
export interface FileOutcome {
  readonly rows: number;
  readonly rejectedRows: number;
  readonly keysAscend: boolean;
}

/**
 * Appends a file's rows to its table and its rejects to theirs.
 *
 * DuckDB's own reader does the work, while a scan in parallel proves that it has read what stands there: the reader
 * alone rounds 3.7 to 4 and drops what follows a last comma, silently. If the proof fails, a copy of the rows that fit
 * is made and read instead.
 */
export async function loadFile(
  context: LoadContext,
  table: RawTable,
  file: DeliveredFile,
  reading: FileReading,
): Promise<FileOutcome> {
  const { place, request, staging } = context;
  await place.requireUnchanged(file);
  const progress = new FileProgress(file, request.onProgress);
  progress.reach(0);
  const onShare = (share: number) => progress.reach(share * BRINGING);
  try {
    return await staging.use(file, onShare, async ({ path, folder }) => {
      const onBytes = await byBytes(progress, path);
      const toLoad = { file, reading, table, path, folder, onBytes };
      const outcome = (await loadProven(context, toLoad)) ?? (await loadCopy(context, toLoad));
      progress.reach(1);
      return outcome;
    });
  } finally {
    // Whatever went wrong: if the file was replaced meanwhile, that is why.
    await place.requireUnchanged(file);
  }
}

/** The share of the time that goes into copying and unpacking, where there is anything to copy or unpack. */
const BRINGING = 0.5;

async function byBytes(progress: FileProgress, path: string): Promise<(bytes: number) => void> {
  const { size } = await stat(path);
  const before = progress.share;
  return (bytes) => progress.reach(before + (bytes / size) * (1 - before));
}
