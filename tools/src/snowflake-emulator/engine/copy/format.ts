import { notEmulated, type Place } from '../errors.js';
import type { Properties } from '../statements/properties.js';

/** How a CSV file is read: the options of FILE_FORMAT, with Snowflake's defaults. */
export interface CsvFormat {
  /** Undefined: a line is one field. */
  readonly fieldDelimiter: string | undefined;
  readonly skipHeader: number;
  /** The quote; undefined: none. */
  readonly enclosedBy: string | undefined;
  /** Inside of quotes. */
  readonly escape: string | undefined;
  readonly escapeUnenclosed: string | undefined;
  readonly nullIf: readonly string[];
  readonly emptyFieldAsNull: boolean;
  readonly trimSpace: boolean;
  readonly errorOnColumnCountMismatch: boolean;
  readonly skipBlankLines: boolean;
  readonly compression: string;
  /** What is no UTF-8 becomes U+FFFD; otherwise a row that has it is in error. */
  readonly replaceInvalid: boolean;
}

/** Options that may only have the value they have by default. */
const FIXED: Readonly<Record<string, readonly string[]>> = {
  TYPE: ['CSV'],
  RECORD_DELIMITER: ['\n', '\r\n'],
  PARSE_HEADER: ['FALSE'],
  MULTI_LINE: ['TRUE'],
  DATE_FORMAT: ['AUTO'],
  TIME_FORMAT: ['AUTO'],
  TIMESTAMP_FORMAT: ['AUTO'],
  ENCODING: ['UTF8', 'UTF-8'],
  SKIP_BYTE_ORDER_MARK: ['TRUE'],
};
const KNOWN = new Set(
  `FIELD_DELIMITER SKIP_HEADER FIELD_OPTIONALLY_ENCLOSED_BY ESCAPE ESCAPE_UNENCLOSED_FIELD NULL_IF EMPTY_FIELD_AS_NULL TRIM_SPACE
  ERROR_ON_COLUMN_COUNT_MISMATCH SKIP_BLANK_LINES COMPRESSION REPLACE_INVALID_CHARACTERS`.split(/\s+/),
);

/** @throws NotEmulated for options and values that are not known. */
export function csvFormat(options: Properties, place?: Place): CsvFormat {
  for (const [name, value] of options) {
    const allowed = FIXED[name];
    if (!KNOWN.has(name) && !allowed?.includes(String(value)))
      throw notEmulated(`${name} = ${String(value)} of a file format`, place);
  }
  const word = (name: string, otherwise: string) => String(options.get(name) ?? otherwise);
  const flag = (name: string, otherwise: boolean) => word(name, String(otherwise)).toUpperCase() === 'TRUE';
  const char = (name: string, otherwise: string) => {
    const value = word(name, otherwise);
    return value === 'NONE' || value === '' ? undefined : value;
  };
  const nulls = options.get('NULL_IF');
  return {
    fieldDelimiter: char('FIELD_DELIMITER', ','),
    skipHeader: Number(word('SKIP_HEADER', '0')),
    enclosedBy: char('FIELD_OPTIONALLY_ENCLOSED_BY', 'NONE'),
    escape: char('ESCAPE', 'NONE'),
    escapeUnenclosed: char('ESCAPE_UNENCLOSED_FIELD', '\\'),
    nullIf:
      nulls === undefined ? ['\\N'] : typeof nulls === 'string' ? [nulls] : Array.isArray(nulls) ? nulls : [],
    emptyFieldAsNull: flag('EMPTY_FIELD_AS_NULL', true),
    trimSpace: flag('TRIM_SPACE', false),
    errorOnColumnCountMismatch: flag('ERROR_ON_COLUMN_COUNT_MISMATCH', true),
    skipBlankLines: flag('SKIP_BLANK_LINES', false),
    compression: word('COMPRESSION', 'AUTO').toUpperCase(),
    replaceInvalid: flag('REPLACE_INVALID_CHARACTERS', false),
  };
}
