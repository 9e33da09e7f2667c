import { parquetRead } from 'hyparquet';
import type { TableColumn } from '../../contract/site-facts.js';
import { type Table, toTable } from './table.js';

const PARSERS = {
  dateFromDays: (days: number) => days,
  timestampFromMilliseconds: (millis: bigint) => Number(millis),
  timestampFromMicroseconds: (micros: bigint) => Number(micros / 1000n),
  timestampFromNanoseconds: (nanos: bigint) => Number(nanos / 1_000_000n),
};

/** Reads a Parquet file that is in memory by now. */
export async function readParquet(
  name: string,
  file: ArrayBuffer,
  rows: number,
  columns: readonly TableColumn[],
): Promise<Table> {
  const chunks = new Map<string, ArrayLike<unknown>[]>();
  await parquetRead({
    file: { byteLength: file.byteLength, slice: (start, end) => file.slice(start, end) },
    columns: columns.map((column) => column.name),
    parsers: PARSERS,
    onChunk: ({ columnName, columnData }) => {
      const known = chunks.get(columnName);
      if (known) known.push(columnData);
      else chunks.set(columnName, [columnData]);
    },
  });
  return toTable(name, rows, columns, (column) => chunks.get(column) ?? []);
}
