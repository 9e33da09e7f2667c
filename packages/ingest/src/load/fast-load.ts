import { LoadError } from '@matinee/core';
import { scanFile } from '../scan/scan-file.js';
import { Scanner } from '../scan/scanner.js';
import type { FileToLoad } from './exact-load.js';
import { hasRepeatedKeys } from './keys.js';
import { rawColumns, readCsv } from './reader-sql.js';

/**
 * Loads a file with DuckDB's parallel reader, while a scan beside it proves that every record fits and that the reader takes
 * it as it stands.
 *
 * @returns the rows, or undefined if the file has to be loaded exactly: something does not fit, or a key came twice.
 */
export async function loadFast(file: FileToLoad): Promise<number | undefined> {
  const { source, table, reading, path, name, loadId, session, signal, onBytes } = file;
  const scanner = new Scanner(reading);
  const columns = rawColumns(source, reading, name, loadId).join(', ');
  const from = readCsv({ path, reading, numbered: false });
  const loading = session.execute(`create or replace table ${table} as select ${columns} from ${from}`).then(
    () => undefined,
    (error: unknown) => ({ error }),
  );
  let scanned: unknown;
  try {
    await scanFile(path, scanner, { signal, onBytes });
    if (!scanner.clean) session.interrupt();
  } catch (error) {
    session.interrupt();
    scanned = error;
  }
  const failed = await loading;
  if (scanned) throw scanned;
  if (!scanner.clean) return undefined;
  if (failed) {
    // The reader may refuse what is only unusual, such as mixed line ends; the exact way rewrites it.
    if (isReaderError(failed.error)) return undefined;
    throw failed.error;
  }
  const [count] = await session.query(`select count(*) as row_count from ${table}`);
  const rows = Number(count?.row_count ?? 0);
  if (rows !== scanner.records) return undefined;
  const needsSearch = source.key.length > 0 && !scanner.keysAscend && rows > 1;
  return needsSearch && (await hasRepeatedKeys(session, table, source)) ? undefined : rows;
}

function isReaderError(error: unknown): boolean {
  return error instanceof LoadError || (error as { code?: string }).code === 'STATEMENT_FAILED';
}
