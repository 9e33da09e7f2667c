import { literal, quote } from './text.js';

/** The temporary tables that hold files while they are read. */
export class StagedTables {
  /** The lines as they were delivered, one a row: the stage's name of the file, the number from 1, the text without the line feed. */
  readonly lines: string;
  /** Lines of files in which some are no UTF-8. */
  readonly lenient: string;
  /** Where records of several lines begin and end, and those records in one piece. */
  readonly spans: string;
  readonly joined: string;
  /** For each file the stage's name of it, the path as it was delivered and its shape. */
  readonly files: string;

  /** @param schema quoted */
  constructor(schema: string) {
    const named = (what: string) => `${schema}.${quote(`matinee_${what}`)}`;
    this.lines = named('lines');
    this.lenient = named('lenient_lines');
    this.spans = named('spans');
    this.joined = named('joined_lines');
    this.files = named('files');
  }

  get all(): readonly string[] {
    return [this.lines, this.lenient, this.spans, this.joined, this.files];
  }

  /** The condition that a line is of a file of a shape. */
  isOf(shape: string): string {
    return `file in (select file from ${this.files} where shape = ${literal(shape)})`;
  }
}

/** @param table one of lines */
export function createLines(table: string): string {
  return `create or replace temporary table ${table} (file varchar, line number(38, 0), content varchar, is_garbled boolean)`;
}

export function createFiles({ files }: StagedTables): string {
  return `create or replace temporary table ${files} (file varchar, path varchar, shape varchar)`;
}

/** The condition that a line is none of a record: the header, or blank. */
export const IS_RECORD = "line > 1 and content not in ('', chr(13))";

/** A line's text without the carriage return before its line feed. */
export const LINE_TEXT =
  'case when right(content, 1) = chr(13) then left(content, length(content) - 1) else content end';

export type Compression = 'gzip' | 'none';

/**
 * How COPY reads lines as they are. Everything is spelled out, for several defaults would change a text: null for `\N`, a
 * backslash as an escape. A blank line must not be passed over, or line breaks in a value would be lost.
 *
 * @param lenient whether bytes that are no UTF-8 are replaced, in place of an error
 */
export function lineFormat(compression: Compression | 'auto', lenient = false): string {
  const options: readonly (readonly [string, string])[] = [
    ['type', 'csv'],
    ['compression', compression],
    ['record_delimiter', String.raw`'\n'`],
    ['field_delimiter', 'none'],
    ['field_optionally_enclosed_by', 'none'],
    ['escape', 'none'],
    ['escape_unenclosed_field', 'none'],
    ['trim_space', 'false'],
    ['null_if', '()'],
    ['empty_field_as_null', 'false'],
    ['skip_header', '0'],
    ['skip_blank_lines', 'false'],
    ['skip_byte_order_mark', 'true'],
    ['encoding', "'UTF8'"],
    ['replace_invalid_characters', String(lenient)],
  ];
  return options.map(([name, value]) => `${name} = ${value}`).join(' ');
}

/** The files that one COPY may name. */
export const MOST_FILES = 1000;

/**
 * COPY of files of a stage into a table of lines. What fails is passed over, for the result says how much that was.
 *
 * @param location such as `@"DB"."SCHEMA"."STAGE"/folder/`
 * @param files relative to it
 */
export function copyLines(
  table: string,
  location: string,
  files: readonly string[],
  compression: Compression,
  lenient = false,
): string {
  return `copy into ${table} (file, line, content)
from (select metadata$filename, metadata$file_row_number, $1 from ${location})
files = (${files.map(literal).join(', ')})
file_format = (${lineFormat(compression, lenient)})
on_error = continue`;
}
