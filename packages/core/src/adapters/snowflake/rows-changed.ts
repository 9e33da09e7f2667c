import type { WarehouseRow } from '../adapter.js';

/** What changing statements answer: a row of counts. Rows that an update's join found more than once are no change. */
const CHANGED = /^(number of rows (inserted|updated|deleted)( into .*)?|rows_loaded)$/i;

/** How many rows a statement changed, from what it answered; 0 where it answered anything else. */
export function rowsChanged(rows: readonly WarehouseRow[]): number {
  return rows
    .flatMap((row) => Object.entries(row))
    .filter(([name]) => CHANGED.test(name))
    .reduce((sum, [, count]) => sum + Number(count), 0);
}
