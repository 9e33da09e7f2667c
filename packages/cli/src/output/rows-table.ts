import { shortened, type WarehouseRow, type WarehouseValue } from '@matinee/core';
import { printable } from './printable.js';

const LONGEST = 60;
/** Significant digits of numbers that are not whole. */
const DIGITS = 8;

/** Rows as a table with a frame. */
export async function rowsTable(rows: readonly WarehouseRow[]): Promise<string> {
  const { default: Table } = await import('cli-table3');
  const names = Object.keys(rows[0] ?? {});
  const numeric = names.map((name) =>
    rows.every((row) => ['number', 'bigint'].includes(typeof row[name]) || row[name] === null),
  );
  const table = new Table({
    head: names.map(printable),
    colAligns: numeric.map((isNumber) => (isNumber ? 'right' : 'left')),
    style: { head: [], border: [], compact: true },
  });
  for (const row of rows) table.push(names.map((name) => cellText(row[name] ?? null)));
  return table.toString();
}

/** A value as a cell shows it: numbers rounded, texts cut, control characters visible. */
export function cellText(value: WarehouseValue): string {
  if (value === null) return 'null';
  const exact =
    typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(DIGITS)) : value;
  return shortened(printable(String(exact)), LONGEST);
}
