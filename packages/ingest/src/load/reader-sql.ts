import { formatLiteral, provenanceColumns, quoteIdentifier, type Source, sqlType } from '@matinee/core';
import type { FileReading } from '../reading/reading.js';

const literal = (value: string) => formatLiteral(value, 'duckdb');
const quote = (name: string) => quoteIdentifier(name, 'duckdb');

/** The column that holds the physical line of each record in a numbered copy. */
export const LINE = '_line';

export interface ReaderOptions {
  /** The file on this machine that DuckDB reads, header included. */
  readonly path: string;
  readonly reading: FileReading;
  /** Whether it is a copy whose records end in their line number. */
  readonly numbered: boolean;
}

/** DuckDB's own reader over a file, against declared columns. */
export function readCsv({ path, reading, numbered }: ReaderOptions): string {
  const fields = reading.fields.map(({ name, readAs }) => `${literal(name)}: ${literal(readAs)}`);
  const columns = numbered ? [...fields, `${literal(LINE)}: 'bigint'`] : fields;
  const texts = reading.fields.filter(({ kind }) => kind === 'text').map(({ name }) => literal(name));
  const options = [
    literal(path.replace(/[*?[]/g, (special) => `[${special}]`)),
    `columns = {${columns.join(', ')}}`,
    'header = true',
    'auto_detect = false',
    "compression = 'none'",
    "delim = ','",
    `quote = '"'`,
    `escape = ${literal(reading.escape)}`,
    ...(texts.length > 0 ? [`force_not_null = [${texts.join(', ')}]`] : []),
  ];
  return `read_csv(${options.join(', ')})`;
}

/** The columns of a raw table out of the reader's, with where they come from. */
export function rawColumns(
  source: Source,
  reading: FileReading,
  file: string,
  loadId: string,
): readonly string[] {
  const fields = new Map(reading.fields.map((field) => [field.name, field]));
  const data = Object.entries(source.columns).map(([name, { type }]) => {
    const field = fields.get(name);
    return `cast(${field ? field.value : 'null'} as ${sqlType(type, 'duckdb')}) as ${quote(name)}`;
  });
  // One value for all rows: as an enum it takes no room and no time.
  const constant = (value: string, name: string) =>
    `${literal(value)}::enum (${literal(value)}) as ${quote(name)}`;
  return [...data, constant(file, provenanceColumns.file), constant(loadId, provenanceColumns.load)];
}
