import { SnowflakeError } from '../../engine.js';
import type { DuckSession } from '../session.js';
import type { CsvFormat } from './format.js';
import type { CsvRow } from './parse-csv.js';
import { type RowError, readRows } from './read-rows.js';
import type { LocatedFile } from './stage-files.js';
import { appendRows, createStaged, STAGED } from './staged-rows.js';

export type OnError =
  | { readonly type: 'continue' | 'abort' }
  | { readonly type: 'skip'; readonly from: number };

/** What COPY makes of one file. */
export interface FileOutcome {
  readonly file: LocatedFile;
  readonly parsed: number;
  readonly loaded: number;
  readonly errors: readonly RowError[];
  readonly isLoaded: boolean;
}

export interface FileLoad {
  readonly file: LocatedFile;
  readonly format: CsvFormat;
  readonly onError: OnError;
  /** How many fields a row must have; undefined where a query picks them. */
  readonly fields: number | undefined;
  /** The columns that `staged` has for fields. */
  readonly width: number;
  /** The rows of `staged`, in the columns' types. */
  readonly select: string;
}

/** Brings the rows of one file into the table `copied`. @throws SnowflakeError for the first bad row, where that aborts. */
export async function loadFile(session: DuckSession, load: FileLoad): Promise<FileOutcome> {
  const { file, format, onError } = load;
  const { rows, errors: unreadable } = readRows(await file.read(), format);
  const [whole, errors] =
    load.fields !== undefined && format.errorOnColumnCountMismatch
      ? checkFields(rows, load.fields)
      : [rows, []];
  const found = [...unreadable, ...errors].sort(byLine);
  if (onError.type === 'abort' && found[0]) throw located(found[0], file);
  await session.run(createStaged(STAGED, load.width));
  await appendRows(session, STAGED, file, whole, load.width);
  await bring(session, load, whole, 0, whole.length - 1, found);
  found.sort(byLine);
  const isSkipped = onError.type === 'skip' && found.length >= onError.from;
  if (isSkipped)
    await session.run(`delete from copied where file = (select any_value(filename) from staged)`);
  const parsed = rows.length + unreadable.length;
  const loaded = isSkipped ? 0 : parsed - found.length;
  return {
    file,
    parsed,
    loaded,
    errors: found,
    isLoaded: !isSkipped && (loaded > 0 || parsed === 0),
  };
}

function checkFields(
  rows: readonly CsvRow[],
  fields: number,
): readonly [readonly CsvRow[], readonly RowError[]] {
  const errors = rows
    .filter((row) => row.fields.length !== fields)
    .map((row) => ({
      line: row.line,
      error: new SnowflakeError(
        '100080',
        '22000',
        `Number of columns in file (${row.fields.length}) does not match that of the corresponding table (${fields}), use file format option error_on_column_count_mismatch=false to ignore this error`,
      ),
    }));
  return [rows.filter((row) => row.fields.length === fields), errors];
}

const byLine = (one: RowError, other: RowError): number => one.line - other.line;

/** A range of rows; halves of it where it fails, until the bad rows stand alone. */
async function bring(
  session: DuckSession,
  load: FileLoad,
  rows: readonly CsvRow[],
  from: number,
  to: number,
  found: RowError[],
): Promise<void> {
  if (from > to) return;
  try {
    await session.run(`set variable copy_from = ${from}`);
    await session.run(`set variable copy_to = ${to}`);
    await session.run(`insert into copied ${load.select}`);
  } catch (error) {
    if (!(error instanceof SnowflakeError) || error.code === '000604' || session.hasOpenWork) throw error;
    if (from < to) {
      const middle = Math.floor((from + to) / 2);
      await bring(session, load, rows, from, middle, found);
      return bring(session, load, rows, middle + 1, to, found);
    }
    const rowError = { error, line: rows[from]!.line };
    if (load.onError.type === 'abort') throw located(rowError, load.file);
    found.push(rowError);
  }
}

function located({ error, line }: RowError, { name }: LocatedFile): SnowflakeError {
  return new SnowflakeError(
    error.code,
    error.sqlState,
    `${error.message}\n  File '${name}', line ${line}, character 1\n  If you would like to continue loading when an error is encountered, use other values such as 'SKIP_FILE' or 'CONTINUE' for the ON_ERROR option.`,
  );
}
