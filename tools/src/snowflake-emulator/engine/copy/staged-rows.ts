import type { BoundRelation } from '../bind/context.js';
import type { DuckSession } from '../session.js';
import { number, text } from '../types.js';
import type { CsvRow } from './parse-csv.js';
import type { LocatedFile } from './stage-files.js';

/** The table of DuckDB that COPY has the rows of one file in. */
export const STAGED = 'staged';

/** The statement that makes a table of DuckDB for rows of files. @param width how many fields it has columns for */
export function createStaged(table: string, width: number): string {
  const fields = Array.from({ length: width }, (_, index) => `f${index + 1} varchar`);
  const columns = ['row_at bigint', 'filename varchar', 'line bigint', ...fields];
  return `create or replace temporary table ${table} (${columns.join(', ')})`;
}

export async function appendRows(
  session: DuckSession,
  table: string,
  { name }: LocatedFile,
  rows: readonly CsvRow[],
  width: number,
): Promise<void> {
  await session.append(
    table,
    rows.map((row, at) => [
      BigInt(at),
      name,
      BigInt(row.number),
      ...Array.from({ length: width }, (_, index) => row.fields[index] ?? null),
    ]),
  );
}

/** The largest n of any `$n` in a text; 0 if there is none. */
export function mostFields(sql: string): number {
  return Math.max(0, ...[...sql.matchAll(/\$(\d+)/g)].map(([, index]) => Number(index)));
}

/** Such a table as queries see it: `$1`, `$2` and the metadata. @param sql the table, or some of its rows */
export function stagedRelation(sql: string, width: number): BoundRelation {
  return {
    sql,
    path: [],
    columns: [
      ...Array.from({ length: width }, (_, index) => ({
        name: `$${index + 1}`,
        type: text(),
        physical: `f${index + 1}`,
      })),
      { name: 'METADATA$FILENAME', type: text(), physical: 'filename' },
      { name: 'METADATA$FILE_ROW_NUMBER', type: number(18), physical: 'line' },
    ],
  };
}
