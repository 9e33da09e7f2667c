import { InterruptedError, keepInterrupting, MatineeError } from '@matinee/core';
import type { Place } from '../places/place.js';
import { Scanner } from '../scan/scanner.js';
import { readError } from '../survey/head.js';
import type { FileContext } from './context.js';
import type { FileOutcome, FileToLoad } from './load-file.js';
import { readCsv } from './read-csv.js';
import { scanDelivered } from './scan-delivered.js';

/** What is read once more is not waited for longer than need be. */
const AGAIN_MS = 20;

/** Lets DuckDB read a file as it is. @returns undefined, and leaves no row, unless a scan proves every one. */
export async function loadProven(context: FileContext, toLoad: FileToLoad): Promise<FileOutcome | undefined> {
  const { place } = context;
  const { session, signal } = context.request;
  const { file, reading, table, path } = toLoad;
  const scanner = new Scanner(reading);
  let scanError: unknown;
  let checksum: string | undefined;
  try {
    await session.transaction(async () => {
      const inserting = Promise.allSettled([
        session.execute(table.insert(reading, readCsv(path, reading), file.path)),
      ]);
      await scanDelivered(context, toLoad, scanner).then(
        (found) => {
          checksum = found;
        },
        (error: unknown) => {
          scanError = error;
          scanner.clean = false;
        },
      );
      const stop = scanner.clean ? undefined : keepInterrupting(session, AGAIN_MS);
      const [inserted] = await inserting;
      stop?.();
      if (inserted.status === 'rejected') throw inserted.reason;
      if (!scanner.clean || inserted.value !== scanner.records) throw new NotProven();
    });
  } catch (error) {
    if (signal?.aborted) throw new InterruptedError();
    if (scanError) throw scanFailure(place, file.path, scanError);
    if (isOutOfRoom(error)) throw error;
    return undefined;
  }
  return { rows: scanner.records, rejectedRows: 0, keysAscend: scanner.keysAscend, checksum };
}

class NotProven extends Error {}

/** What is told of a scan that could not get through a file. */
export function scanFailure(place: Place, path: string, error: unknown): MatineeError {
  return error instanceof MatineeError ? error : readError(place, path, false, error);
}

/** Whether the warehouse itself has failed: then nothing else will go better. */
export function isOutOfRoom(error: unknown): boolean {
  return error instanceof MatineeError && error.code.startsWith('WAREHOUSE_');
}
