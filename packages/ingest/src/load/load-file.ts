import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type DeliveredFile, InterruptedError, LoadError, MatineeError } from '@matinee/core';
import type { FileReading } from '../reading/reading.js';
import { scanFile } from '../scan/scan-file.js';
import { Scanner } from '../scan/scanner.js';
import type { LoadContext } from './context.js';
import { FileCopy } from './file-copy.js';
import { plainLocalFile, requireUnchanged } from './local-file.js';
import { FileProgress } from './progress.js';
import type { RawTable } from './raw-table.js';
import { readCsv } from './read-csv.js';
import { RejectLog } from './reject-log.js';
import { withWorkspace } from './workspace.js';

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
  const { place, request, temporaryFolder } = context;
  await requireUnchanged(place, file);
  return withWorkspace(temporaryFolder, async (folder) => {
    const progress = new FileProgress(file, request.onProgress);
    progress.reach(0);
    try {
      const path = await plainLocalFile(place, file.path, folder, {
        signal: request.signal,
        onBytes: (bytes) => progress.reach((bytes / file.bytes) * UNPACKING),
      });
      const scan = { folder, path, onBytes: await byBytes(progress, path, file) };
      const outcome =
        (await loadProven(context, table, file, reading, scan)) ??
        (await loadCopy(context, table, file, reading, scan));
      progress.reach(1);
      return outcome;
    } finally {
      // Whatever went wrong: if the file was replaced meanwhile, that is why.
      await requireUnchanged(place, file);
    }
  });
}

/** The share of a compressed file's time that goes into unpacking it. */
const UNPACKING = 0.5;

interface LocalScan {
  readonly folder: string;
  readonly path: string;
  readonly onBytes: (bytes: number) => void;
}

async function byBytes(
  progress: FileProgress,
  path: string,
  file: DeliveredFile,
): Promise<(bytes: number) => void> {
  const { size } = await stat(path);
  const before = file.path.endsWith('.gz') ? UNPACKING : 0;
  return (bytes) => progress.reach(before + (bytes / size) * (1 - before));
}

/** Lets DuckDB read the file as it is. @returns undefined, and leaves no row, unless the scan proves every one. */
async function loadProven(
  { request }: LoadContext,
  table: RawTable,
  file: DeliveredFile,
  reading: FileReading,
  { path, onBytes }: LocalScan,
): Promise<FileOutcome | undefined> {
  const { session, signal } = request;
  const scanner = new Scanner(reading);
  let scanError: unknown;
  try {
    await session.transaction(async () => {
      const inserting = session.execute(table.insert(reading, readCsv(path, reading), file.path));
      const scanning = scanFile(path, scanner, { signal, onBytes }).catch((error: unknown) => {
        scanError = error;
        scanner.clean = false;
      });
      const stopping = scanning.then(() => {
        if (!scanner.clean) session.interrupt();
      });
      const [inserted] = await Promise.allSettled([inserting, stopping]);
      if (inserted.status === 'rejected') throw inserted.reason;
      if (!scanner.clean || inserted.value !== scanner.records) throw new NotProven();
    });
  } catch (error) {
    if (signal?.aborted) throw new InterruptedError();
    if (scanError) throw scanError;
    if (isOutOfRoom(error)) throw error;
    return undefined;
  }
  return { rows: scanner.records, rejectedRows: 0, keysAscend: scanner.keysAscend };
}

class NotProven extends Error {}

function isOutOfRoom(error: unknown): boolean {
  return error instanceof MatineeError && error.code.startsWith('WAREHOUSE_');
}

/** Has DuckDB read a copy of the rows that fit, and keeps those that do not. */
async function loadCopy(
  { request, place }: LoadContext,
  table: RawTable,
  file: DeliveredFile,
  reading: FileReading,
  { folder, path, onBytes }: LocalScan,
): Promise<FileOutcome> {
  const { session, signal, loadId, rejectsTable } = request;
  const copyPath = join(folder, 'copy.csv');
  const rejects = new RejectLog(join(folder, 'rejects.csv'));
  const copy = new FileCopy(copyPath, reading, { rejects });
  const scanner = new Scanner(reading, copy);
  try {
    await scanFile(path, scanner, { signal, onBytes });
  } finally {
    copy.close();
    rejects.close();
  }
  await rejects.store(session, rejectsTable, { loadId, source: file.source, file: file.path });
  await session.transaction(async () => {
    const from = readCsv(copyPath, reading);
    const inserted = await session.execute(table.insert(reading, from, file.path));
    if (inserted !== scanner.records) throw miscounted(place.locate(file.path), scanner.records, inserted);
  });
  return { rows: scanner.records, rejectedRows: scanner.rejected, keysAscend: scanner.keysAscend };
}

/** DuckDB read another number of rows than a scan of the same bytes: nothing that a delivery could cause. */
export function miscounted(file: string, expected: number, found: number): LoadError {
  return new LoadError('LOAD_MISCOUNT', `${file}: ${expected} rows fit, but DuckDB read ${found}.`, {
    location: { file },
    hint: 'Please report this with the file: nothing of it has been published.',
  });
}
