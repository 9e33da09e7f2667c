import type { Column } from 'snowflake-sdk';
import type { WarehouseRow, WarehouseValue } from '../adapter.js';
import { decimalValue } from '../decimal.js';
import { columnName } from './column-type.js';

/** What the driver makes of dates and timestamps. Exact, where its text depends on the session's formats. */
interface Moment {
  getEpochSeconds(): number;
  /** From 0 to 999,999,999, before 1970 too. */
  getNanoSeconds(): number;
}

/** Reads rows of values in the order of their columns. Of columns with one name the last counts. */
export function rowReader(columns: readonly Column[]): (values: readonly unknown[]) => WarehouseRow {
  const readers = columns.map((column) => [columnName(column.getName()), readerOf(column)] as const);
  return (values) =>
    Object.fromEntries(
      readers.map(([name, read], index) => {
        const value = values[index];
        return [name, value === null || value === undefined ? null : read(value)];
      }),
    );
}

type Reader = (value: unknown) => WarehouseValue;

/** Numbers come as Snowflake's own text, which has all their digits. */
function readerOf(column: Column): Reader {
  switch (column.getType().toUpperCase()) {
    case 'FIXED':
      return column.getScale() > 0 ? (value) => decimalValue(String(value)) : toInteger;
    case 'REAL':
      return toDouble;
    case 'BOOLEAN':
      return Boolean;
    case 'DATE':
      return (value) => dateText((value as Moment).getEpochSeconds());
    case 'TIME':
      return (value) => trimFraction(String(value));
    case 'TIMESTAMP_NTZ':
      return (value) => timestampText(value as Moment);
    case 'TIMESTAMP_LTZ':
    case 'TIMESTAMP_TZ':
      return (value) => `${timestampText(value as Moment)}+00`;
    case 'BINARY':
      return (value) => blobText(value as Buffer);
    default:
      return (value) => (typeof value === 'string' ? value : JSON.stringify(value));
  }
}

function toInteger(value: unknown): number | bigint {
  const exact = BigInt(String(value));
  const number = Number(exact);
  return Number.isSafeInteger(number) ? number : exact;
}

function toDouble(value: unknown): number {
  const text = String(value);
  const infinite = /^([+-]?)inf(inity)?$/i.exec(text);
  return infinite ? Number(`${infinite[1]}Infinity`) : Number(text);
}

function timestampText(moment: Moment): string {
  const seconds = moment.getEpochSeconds();
  const time = new Date(seconds * 1000).toISOString().slice(-13, -5);
  const nanoseconds = String(moment.getNanoSeconds()).padStart(9, '0');
  return trimFraction(`${dateText(seconds)} ${time}.${nanoseconds}`);
}

function dateText(seconds: number): string {
  const date = new Date(seconds * 1000);
  const [month, day] = [date.getUTCMonth() + 1, date.getUTCDate()].map((part) =>
    String(part).padStart(2, '0'),
  );
  return `${String(date.getUTCFullYear()).padStart(4, '0')}-${month}-${day}`;
}

/** Without the zeros at a fraction's end, and without a fraction of nothing. */
function trimFraction(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

/** As DuckDB writes bytes: printable ASCII plainly, the rest as `\xAA`. */
function blobText(bytes: Buffer): string {
  return [...bytes]
    .map((byte) => {
      const isPlain = byte >= 0x20 && byte < 0x7f && !['\\', "'", '"'].includes(String.fromCharCode(byte));
      return isPlain ? String.fromCharCode(byte) : `\\x${byte.toString(16).toUpperCase().padStart(2, '0')}`;
    })
    .join('');
}
