import { type DeliveredFile, LoadError, MatineeError, type Session } from '@matinee/core';
import { copyFailed, linesMiscounted } from './copy-errors.js';
import { type CopiedFile, readCopyResult } from './copy-result.js';
import {
  type Compression,
  copyLines,
  createFiles,
  createLines,
  MOST_FILES,
  type StagedTables,
} from './lines-table.js';
import type { StagedFiles } from './staged-files.js';
import { literal, REPLACEMENT } from './text.js';

/**
 * Brings the lines of files into the table of lines, all of one compression by one COPY. Lines that are no UTF-8 come too:
 * marked, and with what is wrong replaced.
 *
 * @throws LoadError LOAD_COPY, LOAD_MISCOUNT.
 */
export async function copyFiles(
  session: Session,
  staged: StagedFiles,
  tables: StagedTables,
  files: readonly DeliveredFile[],
): Promise<void> {
  await session.execute(createLines(tables.lines));
  const copied = await copyAll(session, staged, tables.lines, files, false);
  await session.execute(createFiles(tables));
  await nameFiles(session, staged, tables, files);
  const damaged = files.filter(({ path }) => copied.get(path)!.errors > 0);
  if (damaged.length > 0) await copyDamaged(session, staged, tables, damaged, copied);
  await checkLines(session, tables, files, copied);
}

type Copied = ReadonlyMap<string, CopiedFile>;

/** @returns what became of each file, by path. */
async function copyAll(
  session: Session,
  staged: StagedFiles,
  table: string,
  files: readonly DeliveredFile[],
  lenient: boolean,
): Promise<Copied> {
  const copied = new Map<string, CopiedFile>();
  for (const compression of ['none', 'gzip'] as const) {
    const own = files.filter(({ path }) => compressionOf(path) === compression);
    for (const some of inBatches(own)) {
      const names = some.map(({ path }) => staged.nameOf(path));
      const sql = copyLines(table, staged.location, names, compression, lenient);
      const rows = await session.query(sql).catch((error: unknown) => {
        const isRefused = error instanceof MatineeError && error.code === 'STATEMENT_FAILED';
        throw isRefused ? copyFailed(staged.place, error.message, error) : error;
      });
      for (const result of readCopyResult(rows, staged.place, some.length)) {
        copied.set(pathOf(staged, some, result.file), result);
      }
    }
  }
  return copied;
}

function compressionOf(path: string): Compression {
  return path.endsWith('.gz') ? 'gzip' : 'none';
}

function inBatches<T>(items: readonly T[]): readonly (readonly T[])[] {
  const count = Math.ceil(items.length / MOST_FILES);
  return Array.from({ length: count }, (_, index) =>
    items.slice(index * MOST_FILES, (index + 1) * MOST_FILES),
  );
}

/** The delivered path of a file as Snowflake calls it. What it puts before the stage's name differs from stage to stage. */
function pathOf(staged: StagedFiles, files: readonly DeliveredFile[], name: string): string {
  const [longest] = files
    .filter(({ path }) => name === staged.nameOf(path) || name.endsWith(`/${staged.nameOf(path)}`))
    .sort((one, other) => staged.nameOf(other.path).length - staged.nameOf(one.path).length);
  if (!longest) throw copyFailed(staged.place, `It has read ${name}, which was not to be read.`);
  return longest.path;
}

/** Notes which path and shape the files have that the lines name. */
async function nameFiles(
  session: Session,
  staged: StagedFiles,
  tables: StagedTables,
  files: readonly DeliveredFile[],
): Promise<void> {
  const shapes = new Map(files.map(({ path, shape }) => [path, shape]));
  const named = await session.query(`select distinct file from ${tables.lines}`);
  const rows = named.map(({ file }) => {
    const path = pathOf(staged, files, String(file));
    return `(${[String(file), path, shapes.get(path)!].map(literal).join(', ')})`;
  });
  for (const some of inBatches(rows)) {
    await session.execute(`insert into ${tables.files} (file, path, shape) values ${some.join(', ')}`);
  }
}

/**
 * Copies files once more in which COPY met what is no UTF-8, this time with a replacement for it, and takes these lines in
 * place of the first ones. Those that the first COPY did not bring are the damaged ones.
 */
async function copyDamaged(
  session: Session,
  staged: StagedFiles,
  { lines, lenient, files: names }: StagedTables,
  files: readonly DeliveredFile[],
  first: Copied,
): Promise<void> {
  await session.execute(createLines(lenient));
  const again = await copyAll(session, staged, lenient, files, true);
  for (const { path } of files) {
    const { errors, firstError = 'no reason is given' } = again.get(path)!;
    if (errors > 0) throw unreadableLine(path, firstError);
  }
  const hasReplacement = `contains(content, ${literal(REPLACEMENT)})`;
  await session.execute(
    `update ${lenient} set is_garbled = true
where ${hasReplacement} and (file, content) not in (select file, content from ${lines} where ${hasReplacement})`,
  );
  const counts = await session.query(
    `select names.path, count_if(is_garbled) as n from ${lenient} as lenient
join ${names} as names on names.file = lenient.file group by names.path`,
  );
  const garbled = new Map(counts.map(({ path, n }) => [String(path), Number(n)]));
  for (const { path } of files) {
    const { errors, firstError } = first.get(path)!;
    if (garbled.get(path) === errors) continue;
    throw linesMiscounted(
      path,
      `COPY refused ${errors} lines, of which ${garbled.get(path) ?? 0} are no UTF-8. The first error: ${firstError}`,
    );
  }
  await session.transaction(async () => {
    await session.execute(`delete from ${lines} where file in (select file from ${lenient})`);
    await session.execute(
      `insert into ${lines} (file, line, content, is_garbled) select file, line, content, is_garbled from ${lenient}`,
    );
  });
}

/** A line that Snowflake cannot take, whatever stands in place of its bytes: more than a text may hold, for one. */
function unreadableLine(path: string, error: string): LoadError {
  return new LoadError('LOAD_COPY', `Snowflake cannot take a line of ${path}: ${error}`, {
    location: { file: path },
    hint: 'A line may have 16 MB, and a compressed file must be intact. Deliver the file again.',
  });
}

/** Each file has come with as many lines as COPY said, its header among them as the first. */
async function checkLines(
  session: Session,
  { lines, files: names }: StagedTables,
  files: readonly DeliveredFile[],
  copied: Copied,
): Promise<void> {
  const rows = await session.query(
    `select names.path, count(*) as n, count(distinct line) as numbers, min(line) as first_line from ${lines} as lines
join ${names} as names on names.file = lines.file group by names.path`,
  );
  const found = new Map(rows.map((row) => [String(row.path), row]));
  for (const { path } of files) {
    const { loaded, errors } = copied.get(path)!;
    const { n, numbers, first_line } = found.get(path) ?? { n: 0, numbers: 0, first_line: 0 };
    if (Number(n) !== loaded + errors) {
      throw linesMiscounted(path, `COPY has read ${loaded + errors} lines, but ${Number(n)} have come.`);
    }
    if (Number(first_line) !== 1 || numbers !== n) {
      throw linesMiscounted(path, 'Its lines are not numbered from 1, each with a number of its own.');
    }
  }
}
