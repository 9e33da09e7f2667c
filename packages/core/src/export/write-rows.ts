import { closeSync, mkdirSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Session, Warehouse } from '../adapters/adapter.js';
import { sqlType } from '../adapters/column-types.js';
import { openDuckDb } from '../adapters/duckdb/open.js';
import { removeLeftovers } from '../adapters/duckdb/process-files.js';
import { interruptible } from '../adapters/interruptible.js';
import { withSession } from '../adapters/with-session.js';
import type { Columns } from '../nodes/column.js';
import type { DataType } from '../nodes/data-type.js';
import { quoteIdentifier } from '../sql/identifier.js';
import { formatLiteral } from '../sql/literal.js';
import { placeError } from './place-error.js';

export const exportFormats = ['parquet', 'csv'] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** Rows of a warehouse on their way into a file. */
export interface RowsToWrite {
  /** A query in the warehouse's dialect that returns the columns. */
  readonly query: string;
  readonly columns: Columns;
  /** DuckDB's expressions for columns that the file is to hold otherwise than {@link exportedType} says. */
  readonly expressions?: Readonly<Record<string, string>>;
  /** Sorts the rows by all columns, so that equal rows give equal files. */
  readonly ordered?: boolean;
}

export interface RowsFile {
  /** Replaced in one step; its folder is made if need be. */
  readonly path: string;
  readonly format: ExportFormat;
  /** Gives it up: the file before it stays. */
  readonly signal?: AbortSignal | undefined;
}

const COPY_OPTIONS: Record<ExportFormat, string> = {
  parquet: 'format parquet, compression snappy',
  csv: 'format csv, header true',
};

/** How much the engine that writes the file holds in memory of another one's rows, before it puts them beside the file. */
const STAGING_MEMORY = '512MiB';

/**
 * Writes the rows of a query to a file: to Snappy-compressed Parquet, or to CSV with a header. DuckDB writes the file; the rows of
 * another engine are streamed into a DuckDB that has little memory, and else puts them on the disk of the file.
 *
 * @returns the number of rows
 * @throws StatementError; InterruptedError; UsageError OUT_PLACE, WarehouseError OUT_DISK_FULL.
 */
export async function writeRows(
  warehouse: Pick<Warehouse, 'dialect'>,
  session: Session,
  rows: RowsToWrite,
  file: RowsFile,
): Promise<number> {
  try {
    prepare(file.path);
    return await write(warehouse, session, rows, file).finally(() =>
      rmSync(temporaryOf(file.path), { force: true }),
    );
  } catch (error) {
    throw placeError(error, file.path);
  }
}

const temporaryOf = (path: string) => `${path}.tmp-${process.pid}`;

/** Finds out whether the place can be written before hours of reading, and takes away what killed processes have left there. */
function prepare(path: string): void {
  mkdirSync(dirname(path), { recursive: true });
  removeLeftovers(path, /^\.tmp-(\d+)$/);
  closeSync(openSync(temporaryOf(path), 'w'));
}

function write(
  { dialect }: Pick<Warehouse, 'dialect'>,
  session: Session,
  rows: RowsToWrite,
  file: RowsFile,
): Promise<number> {
  if (dialect === 'duckdb') return copy(session, `(\n${rows.query}\n)`, rows, file);
  return copyStaged(session, rows, file);
}

async function copyStaged(session: Session, rows: RowsToWrite, file: RowsFile): Promise<number> {
  const temporaryFolder = dirname(file.path);
  const writer = await openDuckDb({ path: ':memory:', memoryLimit: STAGING_MEMORY, temporaryFolder });
  return withSession(writer, async (into) => {
    await interruptible(session, file.signal, () => stage(into, session, rows));
    return copy(into, 'staged', rows, file);
  }).finally(() => writer.close());
}

/** The type that a column has in an exported file: what other tools read, so that enums and UUIDs are text. */
export function exportedType(type: DataType): string {
  return type === 'uuid' ? 'varchar' : sqlType(type, 'duckdb');
}

async function copy(
  session: Session,
  from: string,
  { columns, expressions = {}, ordered = false }: RowsToWrite,
  { path, format, signal }: RowsFile,
): Promise<number> {
  const list = Object.entries(columns).map(([name, { type }]) => {
    const quoted = quoteIdentifier(name, 'duckdb');
    return `${expressions[name] ?? `cast(${quoted} as ${exportedType(type)})`} as ${quoted}`;
  });
  const select = `select ${list.join(', ')} from ${from}${ordered ? ' order by all' : ''}`;
  const target = formatLiteral(temporaryOf(path), 'duckdb');
  const statement = `copy (${select}) to ${target} (${COPY_OPTIONS[format]})`;
  const count = await interruptible(session, signal, () => session.execute(statement));
  renameSync(temporaryOf(path), path);
  return count;
}

async function stage(into: Session, from: Session, { query, columns }: RowsToWrite): Promise<void> {
  const names = Object.keys(columns);
  const declared = names.map(
    (name) => `${quoteIdentifier(name, 'duckdb')} ${exportedType(columns[name]?.type ?? 'text')}`,
  );
  await into.execute(`create table staged (${declared.join(', ')})`);
  await from.stream(query, async (rows) => {
    await into.append?.(
      'staged',
      rows.map((row) => names.map((name) => row[name] ?? null)),
    );
  });
}
