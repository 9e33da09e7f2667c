import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { formatLiteral, provenanceColumns, quoteIdentifier, type Session } from '@matinee/core';
import { scanFile } from '../scan/scan-file.js';
import { rawText, Scanner } from '../scan/scanner.js';
import type { FileContext } from './context.js';
import { FileCopy } from './file-copy.js';
import { miscounted } from './load-copy.js';
import type { FileLoad } from './load-files.js';
import { readCsv } from './read-csv.js';
import { RejectLog } from './reject-log.js';

const PAGE = 10_000;
const RAW_BYTES = 40_000;
const quote = (name: string) => quoteIdentifier(name, 'duckdb');
const literal = (text: string) => formatLiteral(text, 'duckdb');

/** Keeps the rows of conflicting keys as rejects, with the lines on which they stand in their files. */
export async function rejectConflicts(
  context: FileContext,
  key: readonly string[],
  loads: readonly FileLoad[],
  conflicts: string,
  expected: ReadonlyMap<string, number>,
): Promise<void> {
  for (const [path, rows] of expected) {
    const load = loads.find(({ file }) => file.path === path)!;
    await rejectConflictsOf(context, key, load, conflicts, rows);
  }
}

/** A table knows no lines, so the file is read once more, each record with its place. */
async function rejectConflictsOf(
  { place, request, staging }: FileContext,
  key: readonly string[],
  { file, reading }: FileLoad,
  conflicts: string,
  expected: number,
): Promise<void> {
  const { session, signal, loadId, rejectsTable } = request;
  await staging.useAgain(file, async ({ path, folder }) => {
    const copyPath = join(folder, 'copy.csv');
    const location = place.locate(file.path);
    const copy = new FileCopy(copyPath, reading, { file: location, numbered: true });
    try {
      await scanFile(path, new Scanner(reading, copy), { signal });
    } finally {
      copy.close();
    }
    const keys = key.map(quote).join(', ');
    const values = reading.fields.filter(({ name }) => key.includes(name));
    await session.execute(
      `create or replace temp table matinee_places as
select _line as line, _offset as start, _bytes as bytes, concat_ws(', ', ${keys}) as key_text
from (
  select _line, _offset, _bytes, ${values.map(({ name, value }) => `${value} as ${quote(name)}`).join(', ')}
  from ${readCsv(copyPath, reading, { numbered: true, parallel: false })}
) as numbered
semi join (select ${keys} from ${conflicts} where ${quote(provenanceColumns.file)} = ${literal(file.path)}) as conflicts using (${keys})`,
    );
    const rejects = new RejectLog(join(folder, 'rejects.csv'), location);
    const handle = await open(path);
    try {
      await logPlaces(session, handle, rejects, key);
    } finally {
      await handle.close();
      rejects.close();
      await session.execute('drop table if exists temp.matinee_places');
    }
    if (rejects.count !== expected) throw miscounted(location, expected, rejects.count);
    await rejects.store(session, rejectsTable, { loadId, source: file.source, file: file.path });
  });
}

async function logPlaces(
  session: Session,
  handle: FileHandle,
  rejects: RejectLog,
  key: readonly string[],
): Promise<void> {
  const buffer = Buffer.alloc(RAW_BYTES);
  for (let after = 0; ; ) {
    const places = await session.query(
      `select line, start, bytes, key_text from matinee_places where line > ${after} order by line limit ${PAGE}`,
    );
    for (const { line, start, bytes, key_text } of places) {
      const length = Math.min(Number(bytes), RAW_BYTES);
      const { bytesRead } = await handle.read(buffer, 0, length, Number(start));
      rejects.add({
        line: Number(line),
        column: key.join(', '),
        reason: `The key ${key.join(', ')} = ${key_text} comes with other values in the same file.`,
        raw: rawText(buffer, 0, bytesRead),
      });
      after = Number(line);
    }
    if (places.length < PAGE) return;
  }
}
