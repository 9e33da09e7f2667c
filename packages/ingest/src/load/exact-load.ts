import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { LoadError, quoteIdentifier, type Session, type Source } from '@matinee/core';
import type { FileReading } from '../reading/reading.js';
import { scanFile } from '../scan/scan-file.js';
import { Scanner } from '../scan/scanner.js';
import { CleanCopy } from './clean-copy.js';
import { type RepeatedKeys, settleRepeatedKeys } from './keys.js';
import { forRawLines } from './raw-lines.js';
import { LINE, rawColumns, readCsv } from './reader-sql.js';
import type { RejectLog } from './reject-log.js';

/** A file on this machine, and the table that it fills. */
export interface FileToLoad {
  readonly source: Source;
  /** The quoted name of the table to create. */
  readonly table: string;
  readonly reading: FileReading;
  readonly path: string;
  /** The file as it was delivered. */
  readonly name: string;
  readonly loadId: string;
  readonly session: Session;
  readonly signal: AbortSignal | undefined;
  readonly onBytes: (bytes: number) => void;
}

const CONFLICT = 'The key comes with other values in the same file, and nothing tells which row is right.';

/**
 * Loads a file in which something does not fit: records that do are copied with their line numbers and read from the copy,
 * the others are rejected one by one; keys that came twice are settled.
 */
export async function loadExactly(
  file: FileToLoad,
  rejects: RejectLog,
  temporaryFolder: string,
): Promise<{ readonly rows: number; readonly repeatedRows: number }> {
  const { source, table, reading, path, name, loadId, session, signal, onBytes } = file;
  const copy = join(temporaryFolder, `${source.name}.clean.csv`);
  const sink = new CleanCopy(copy, reading, (reject) => rejects.add(reject));
  const scanner = new Scanner(reading, sink);
  try {
    await scanFile(path, scanner, { signal, onBytes });
  } finally {
    sink.close();
    await rejects.flush();
  }
  const columns = [...rawColumns(source, reading, name, loadId), quoteIdentifier(LINE, 'duckdb')].join(', ');
  const read = await session.execute(
    `create or replace table ${table} as select ${columns} from ${readCsv({ path: copy, reading, numbered: true })}`,
  );
  rmSync(copy, { force: true });
  const { repeatedRows, conflictingLines } = await settleKeys(file);
  await forRawLines(path, reading, conflictingLines, (line, raw) =>
    rejects.add({ line, column: source.key.join(', '), reason: CONFLICT, raw }),
  );
  await rejects.flush();
  const rows = await countRows(session, table);
  if (rows + repeatedRows + conflictingLines.length !== scanner.records) {
    throw new LoadError(
      'LOAD_COUNT',
      `${source.name}: ${scanner.records} rows fit, but ${read} were read and ${rows} loaded.`,
      { location: { file: path }, hint: 'This is a bug in Matinee: please report it with the file.' },
    );
  }
  await session.execute(`alter table ${table} drop column ${quoteIdentifier(LINE, 'duckdb')}`);
  return { rows, repeatedRows };
}

function settleKeys({ session, table, source }: FileToLoad): Promise<RepeatedKeys> {
  if (source.key.length === 0) return Promise.resolve({ repeatedRows: 0, conflictingLines: [] });
  return settleRepeatedKeys(session, table, source, LINE);
}

async function countRows(session: Session, table: string): Promise<number> {
  const [count] = await session.query(`select count(*) as row_count from ${table}`);
  return Number(count?.row_count ?? 0);
}
