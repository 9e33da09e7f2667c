import { join } from 'node:path';
import { InterruptedError, LoadError, MatineeError } from '@matinee/core';
import { Scanner } from '../scan/scanner.js';
import type { FileContext } from './context.js';
import { FileCopy } from './file-copy.js';
import type { FileOutcome, FileToLoad } from './load-file.js';
import { readCsv } from './read-csv.js';
import { RejectLog } from './reject-log.js';
import { scanDelivered } from './scan-delivered.js';

/** Has DuckDB read a copy of the rows that fit, and keeps those that do not. */
export async function loadCopy(context: FileContext, toLoad: FileToLoad): Promise<FileOutcome> {
  const { place, request } = context;
  const { file, reading, table, folder } = toLoad;
  const { session, signal, loadId, rejectsTable } = request;
  const copyPath = join(folder, 'copy.csv');
  const location = place.locate(file.path);
  const rejects = new RejectLog(join(folder, 'rejects.csv'), location);
  const copy = new FileCopy(copyPath, reading, { file: location, rejects });
  const scanner = new Scanner(reading, copy);
  let checksum: string | undefined;
  try {
    checksum = await scanDelivered(context, toLoad, scanner);
  } finally {
    copy.close();
    rejects.close();
  }
  await rejects.store(session, rejectsTable, { loadId, source: file.source, file: file.path });
  if (signal?.aborted) throw new InterruptedError();
  const from = readCsv(copyPath, reading, { parallel: !scanner.multiline });
  await session.transaction(async () => {
    const inserted = await session.execute(table.insert(reading, from, file.path)).catch((error) => {
      throw refused(location, error);
    });
    if (inserted !== scanner.records) throw miscounted(location, scanner.records, inserted);
  });
  return { rows: scanner.records, rejectedRows: scanner.rejected, keysAscend: scanner.keysAscend, checksum };
}

const REPORT = 'Please report this with the file: nothing of it has been published.';

/** DuckDB read another number of rows than a scan of the same bytes: nothing that a delivery could cause. */
export function miscounted(file: string, expected: number, found: number): LoadError {
  return new LoadError('LOAD_MISCOUNT', `${file}: ${expected} rows fit, but DuckDB read ${found}.`, {
    location: { file },
    hint: REPORT,
  });
}

/** DuckDB refused rows that a scan found to fit; a full disk and the like are errors of their own. */
function refused(file: string, error: unknown): unknown {
  if (!(error instanceof MatineeError) || error.code !== 'STATEMENT_FAILED') return error;
  return new LoadError('LOAD_REFUSED', `DuckDB cannot read the rows of ${file}: ${error.message}`, {
    location: { file },
    hint: REPORT,
    cause: error,
  });
}
