import { type Table, useTable } from '@matinee/site/browser';
import { useMemo } from 'preact/hooks';
import type { Days } from '../../numbers/days.js';

/**
 * What is computed of a table for some days; undefined while the table is on its way.
 *
 * @param compute declared outside of the component
 */
export function useNumbers<T>(
  name: string,
  days: Days,
  compute: (table: Table, days: Days) => T,
): T | undefined {
  const table = useTable(name);
  return useMemo(() => table && compute(table, days), [table, days.from, days.to, compute]);
}
