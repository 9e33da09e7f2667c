import { InterruptedError, type Session } from '@matinee/core';
import { inParallel } from '../in-parallel.js';
import type { FileReading } from '../reading/reading.js';
import { Scanner } from '../scan/scanner.js';
import type { FileContext } from './context.js';
import type { FileOutcome, FileToLoad } from './load-file.js';
import { isOutOfRoom, scanFailure } from './load-proven.js';
import type { RawTable } from './raw-table.js';
import { scanDelivered } from './scan-delivered.js';

/** So that one is scanned while others are opened and read. */
const SCANS_AT_ONCE = 4;

interface ScannedFile {
  readonly file: FileToLoad;
  readonly scanner: Scanner;
  readonly checksum: string | undefined;
}

/**
 * Lets DuckDB read small files of one shape together, in one transaction: a file alone takes longer to begin and to commit than to
 * read. They are scanned first; then DuckDB must find in each as many rows as the scan did.
 *
 * @returns what each file came to; undefined, and no row of it in the table, where that is not proven
 */
export async function loadBatch(
  context: FileContext,
  table: RawTable,
  reading: FileReading,
  files: readonly FileToLoad[],
): Promise<readonly (FileOutcome | undefined)[]> {
  const { session, signal } = context.request;
  const scanned = await inParallel(files, SCANS_AT_ONCE, async (file): Promise<ScannedFile> => {
    const scanner = new Scanner(reading);
    const checksum = await scanDelivered(context, file, scanner).catch((error: unknown) => {
      throw scanFailure(context.place, file.file.path, error);
    });
    return { file, scanner, checksum };
  });
  const clean = scanned.filter(({ scanner }) => scanner.clean);
  try {
    if (clean.length > 0) await session.transaction(() => insert(session, table, reading, clean));
  } catch (error) {
    if (signal?.aborted) throw new InterruptedError();
    if (isOutOfRoom(error)) throw error;
    return files.map(() => undefined);
  }
  return scanned.map(({ scanner: { clean, records, keysAscend }, checksum }) =>
    clean ? { rows: records, rejectedRows: 0, keysAscend, checksum } : undefined,
  );
}

async function insert(
  session: Session,
  table: RawTable,
  reading: FileReading,
  files: readonly ScannedFile[],
): Promise<void> {
  await session.execute(
    table.insertFiles(
      reading,
      files.map(({ file: { file, path } }) => ({ path, file: file.path })),
    ),
  );
  const counts = await session.query(table.countByFile());
  const inserted = new Map(counts.map(({ file, row_count }) => [file, Number(row_count)]));
  const isProven = files.every(
    ({ file: { file }, scanner }) => (inserted.get(file.path) ?? 0) === scanner.records,
  );
  if (!isProven) throw new NotProven();
}

class NotProven extends Error {}
