import { formatLiteral } from '@matinee/core';
import type { FileReading } from '../reading/reading.js';
import { MAX_RECORD_BYTES } from '../scan/bytes.js';
import { PLACE_FIELDS } from './file-copy.js';

/**
 * What threads read at once, shared by those that parse it. DuckDB's default grows with the longest line, to 64 MB here; in buffers of
 * 16 MB the same files are read in 5 to 8 % less time.
 */
const BUFFER_BYTES = 16_777_216;

const literal = (text: string) => formatLiteral(text, 'duckdb');

export interface CsvOptions {
  /** Whether it has the fields of {@link PLACE_FIELDS} before its own. */
  readonly numbered?: boolean;
  /** Whether several threads may read it at once. They lose their way where line breaks stand inside quotes. */
  readonly parallel?: boolean;
  /** A column for the path that a row was read from. */
  readonly filename?: string;
}

/**
 * DuckDB's table function over CSV files with everything spelled out, so that nothing is guessed. Line ends are the
 * exception: with `new_line` given, 1.5 reads no rows of a CRLF file and calls it success.
 *
 * @param options what is different in a copy of ours, and where files are read together
 */
export function readCsv(
  paths: string | readonly string[],
  reading: FileReading,
  { numbered = false, parallel = true, filename }: CsvOptions = {},
): string {
  const places = numbered ? PLACE_FIELDS.map((name) => [name, 'bigint'] as const) : [];
  const columns = [...places, ...reading.fields.map(({ name, readAs }) => [name, readAs] as const)];
  const texts = reading.fields.filter(({ kind }) => kind === 'text').map(({ name }) => literal(name));
  return [
    `read_csv(${typeof paths === 'string' ? pathLiteral(paths) : `[${paths.map(pathLiteral).join(', ')}]`}`,
    'header = true',
    'auto_detect = false',
    `delim = ','`,
    `quote = '"'`,
    `escape = ${literal(reading.escape)}`,
    'strict_mode = true',
    `nullstr = ''`,
    ...(texts.length > 0 ? [`force_not_null = [${texts.join(', ')}]`] : []),
    `compression = 'none'`,
    // Folders named like year=2020 would add columns, or replace those of the file.
    'hive_partitioning = false',
    `parallel = ${parallel}`,
    ...(filename === undefined ? [] : [`filename = ${literal(filename)}`]),
    `max_line_size = ${MAX_RECORD_BYTES * 2}`,
    `buffer_size = ${BUFFER_BYTES}`,
    `columns = {${columns.map(([name, type]) => `${literal(name)}: ${literal(type)}`).join(', ')}})`,
  ].join(', ');
}

/** DuckDB takes a path for a pattern: unless its special characters are put into brackets it reads other files. */
export function pathLiteral(path: string): string {
  return literal(path.replace(/[*?[]/g, (special) => `[${special}]`));
}
