type Value = string | number | null;

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/** Sorts rows by a column. What is missing comes last either way, and equal rows stay in their order. */
export function sortRows<R extends readonly Value[]>(
  rows: readonly R[],
  column: number,
  descending: boolean,
): readonly R[] {
  const sign = descending ? -1 : 1;
  return [...rows].sort((a, b) => {
    const [x, y] = [a[column] ?? null, b[column] ?? null];
    if (isMissing(x) || isMissing(y)) return Number(isMissing(x)) - Number(isMissing(y));
    if (typeof x === 'number' && typeof y === 'number') return sign * (x - y);
    return sign * collator.compare(String(x), String(y));
  });
}

const isMissing = (value: Value) => value === null || Number.isNaN(value);
