import type { Relation } from '../nodes/relation.js';
import { allGenericTests } from '../project/tests-of.js';

/**
 * Columns whose values are the same in all rows that agree in some columns: these, and those that are derived from them by
 * tests that no row may fail.
 */
export function determinedBy(relation: Relation, columns: readonly string[]): readonly string[] {
  const known = new Set(columns);
  const derived = allGenericTests(relation).filter(
    ({ options: { severity = 'error', errorAbove = 0, where } }) =>
      severity === 'error' && errorAbove === 0 && !where,
  );
  for (let before = -1; before < known.size; ) {
    before = known.size;
    for (const { check } of derived)
      if (check.type === 'derived' && known.has(check.from)) known.add(check.column);
  }
  return [...known];
}
