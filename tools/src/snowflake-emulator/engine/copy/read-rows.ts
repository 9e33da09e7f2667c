import { gunzipSync } from 'node:zlib';
import { SnowflakeError } from '../../engine.js';
import type { CsvFormat } from './format.js';
import { type CsvRow, parseCsv } from './parse-csv.js';

/** A row that cannot be taken, and why. */
export interface RowError {
  readonly error: SnowflakeError;
  readonly line: number;
}

/** What a file holds. */
export interface ReadRows {
  readonly rows: readonly CsvRow[];
  /** Rows beside these that are no UTF-8. */
  readonly errors: readonly RowError[];
}

const BYTE_ORDER_MARK = Buffer.of(0xef, 0xbb, 0xbf);

/** The rows of a file's bytes, which may be compressed. */
export function readRows(bytes: Uint8Array, format: CsvFormat): ReadRows {
  const plain = plainBytes(bytes, format);
  const text = decoded(plain, format.replaceInvalid);
  return text === undefined ? readDamaged(plain, format) : { rows: parseCsv(text, format), errors: [] };
}

function plainBytes(bytes: Uint8Array, { compression }: CsvFormat): Buffer {
  const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b;
  const plain = compression !== 'NONE' && isGzip ? gunzipSync(bytes) : Buffer.from(bytes);
  return plain.subarray(0, 3).equals(BYTE_ORDER_MARK) ? plain.subarray(3) : plain;
}

/** The text of bytes; undefined if they are no UTF-8 and nothing may take the place of what is not. */
function decoded(bytes: Uint8Array, replaces: boolean): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: !replaces, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

/** Reads the bytes as Latin-1, which has a character for each, so that rows are found first and judged one by one. */
function readDamaged(bytes: Buffer, format: CsvFormat): ReadRows {
  const [rows, errors]: [CsvRow[], RowError[]] = [[], []];
  for (const row of parseCsv(bytes.toString('latin1'), format)) {
    const fields = row.fields.map((field) =>
      field === null ? null : decoded(Buffer.from(field, 'latin1'), false),
    );
    const wrong = fields.indexOf(undefined);
    if (wrong < 0) rows.push({ ...row, fields: fields as readonly (string | null)[] });
    else errors.push({ line: row.line, error: invalidUtf8(row.fields[wrong]!) });
  }
  return { rows, errors };
}

/** @param field as Latin-1 */
function invalidUtf8(field: string): SnowflakeError {
  const shown = field.replace(/[\x80-\xff]/g, (byte) => `0x${byte.charCodeAt(0).toString(16).toUpperCase()}`);
  return new SnowflakeError('100144', '22000', `Invalid UTF8 detected in string '${shown}'`);
}
