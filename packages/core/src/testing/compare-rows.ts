import type { WarehouseRow, WarehouseValue } from '../adapters/adapter.js';

/** Rows that only one side has. Rows that come several times count as often as they come. */
export interface RowDifference {
  readonly missing: readonly WarehouseRow[];
  readonly unexpected: readonly WarehouseRow[];
}

/** Compares rows in any order; doubles within 10 significant digits. @returns undefined if they are the same. */
export function differenceOf(
  actual: readonly WarehouseRow[],
  expected: readonly WarehouseRow[],
): RowDifference | undefined {
  const left = new Map<string, WarehouseRow[]>();
  for (const row of actual) left.set(canonical(row), [...(left.get(canonical(row)) ?? []), row]);
  const missing: WarehouseRow[] = [];
  for (const row of expected) if (!left.get(canonical(row))?.pop()) missing.push(row);
  const unexpected = [...left.values()].flat();
  return missing.length + unexpected.length === 0 ? undefined : { missing, unexpected };
}

function canonical(row: WarehouseRow): string {
  return JSON.stringify(
    Object.keys(row)
      .sort()
      .map((name) => [name, canonicalValue(row[name] ?? null)]),
  );
}

function canonicalValue(value: WarehouseValue): string | null {
  if (typeof value === 'number')
    return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(10)));
  return value === null ? null : String(value);
}
