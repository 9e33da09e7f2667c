import type { TableDifference, WarehouseRow, WarehouseValue } from '@matinee/core';
import type { SideNames } from './difference-text.js';
import { cellText, rowsTable } from './rows-table.js';

/** Columns beside the key that are shown of rows which only one side has. */
const MOST_COLUMNS = 6;

/** The sampled rows as a table: key, which side has them, and the columns that differ, `left → right`. */
export async function differenceSamples(
  difference: TableDifference,
  key: readonly string[],
  names: SideNames,
): Promise<readonly string[]> {
  const { samples } = difference;
  if (samples.length === 0) return [];
  const rows = samples.map((sample) => sampleRow(sample, key, shownColumns(difference, key), names));
  return (await rowsTable(rows)).split('\n');
}

function shownColumns({ columns, samples }: TableDifference, key: readonly string[]): readonly string[] {
  const differing = Object.keys(columns);
  if (differing.length > 0) return differing;
  // Whole rows stand in the sample as they are; rows with a key have each column twice.
  const names = Object.keys(samples[0] ?? {});
  const all =
    key.length === 0
      ? names.slice(1)
      : names.flatMap((name) => (name.startsWith('left_') ? [name.slice('left_'.length)] : []));
  return all.slice(0, MOST_COLUMNS);
}

function sampleRow(
  sample: WarehouseRow,
  key: readonly string[],
  columns: readonly string[],
  { left, right }: SideNames,
): WarehouseRow {
  const { side } = sample;
  const where = side === 'left' ? `only ${left}` : side === 'right' ? `only ${right}` : 'differs';
  const keys = key.map((name) => [name, sample[name] ?? null] as const);
  const values = columns.map((name) => [
    name,
    key.length === 0 ? (sample[name] ?? null) : change(sample, name),
  ]);
  return { ...Object.fromEntries(keys), ' ': where, ...Object.fromEntries(values) };
}

/** The value of the side that has the row; of both where they are not the same. */
function change(sample: WarehouseRow, column: string): WarehouseValue {
  const [left = null, right = null] = [sample[`left_${column}`], sample[`right_${column}`]];
  if (sample.side === 'left') return left;
  if (sample.side === 'right') return right;
  const [before, after] = [cellText(left), cellText(right)];
  return before === after ? left : `${before} → ${after}`;
}
