import type { DuckDBConnection } from '@duckdb/node-api';
import { compareRows, readRows, sorted } from './compare.js';
import type { HistoryRow } from './oracle/history.js';
import { snapshotTable } from './oracle/snapshot.js';
import type { Cell } from './oracle/table.js';

/**
 * All differences between the snapshot and the history it should hold, as sentences. Times are compared by their order:
 * the first build that left a trace is 1, the next is 2.
 */
export async function compareHistory(
  connection: DuckDBConnection,
  history: readonly HistoryRow[],
): Promise<string[]> {
  const { schema, name, columns } = snapshotTable;
  const rows = await readRows(connection, `${schema}.${name}`, columns);
  const actual = rows.map(([movie, category, , , from = null, to = null]) => [movie!, category!, from, to]);
  const expected = history.map((row): Cell[] => [
    row.movie_id,
    row.recommendation_category,
    row.from,
    row.to,
  ]);
  const types = ['int', 'text', 'int', 'int'] as const;
  return [
    ...compareRows(sorted(ranked(actual), types), sorted(ranked(expected), types), [
      'movie_id',
      'recommendation_category',
      'valid_from',
      'valid_to',
    ]),
    ...(rows.every((row) => row[3] === row[4]) ? [] : ['updated_at differs from valid_from']),
    ...(new Set(rows.map((row) => row[2])).size === rows.length ? [] : ['scd_id is not unique']),
    ...(rows.some((row) => row.slice(0, 5).includes(null)) ? ['a column other than valid_to is null'] : []),
  ].map((difference) => `${schema}.${name}: ${difference}`);
}

/** Rows of [key, value, from, to] with each time replaced by its rank among all of them. */
function ranked(rows: readonly (readonly Cell[])[]): Cell[][] {
  const times = [...new Set(rows.flatMap((row) => row.slice(2)))].filter((time) => time !== null);
  const order = times.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  return rows.map((row) =>
    row.map((cell, index) => (index < 2 || cell === null ? cell : order.indexOf(cell) + 1)),
  );
}
