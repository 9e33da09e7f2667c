import type { TableDifference } from '@matinee/core';
import { formatCount } from './numbers.js';

/** What the two sides of a comparison are called. */
export interface SideNames {
  readonly left: string;
  readonly right: string;
}

/** `3 rows only published, 1 only in the refresh, 12 differ (rating 12, genres 3)` */
export function differenceText(
  { onlyLeft, onlyRight, differing, columns }: TableDifference,
  { left, right }: SideNames,
): string {
  const parts = [
    ...(onlyLeft > 0 ? [[onlyLeft, `only ${left}`] as const] : []),
    ...(onlyRight > 0 ? [[onlyRight, `only ${right}`] as const] : []),
    ...(differing > 0
      ? [[differing, `${differing === 1 ? 'differs' : 'differ'}${columnsText(columns)}`] as const]
      : []),
  ];
  return parts
    .map(([count, what], index) => {
      const noun = index > 0 ? '' : count === 1 ? ' row' : ' rows';
      return `${formatCount(count)}${noun} ${what}`;
    })
    .join(', ');
}

/** The columns that differ, the most frequent first. */
function columnsText(columns: TableDifference['columns']): string {
  const counts = Object.entries(columns).sort(([, a], [, b]) => b - a);
  return counts.length === 0
    ? ''
    : ` (${counts.map(([name, count]) => `${name} ${formatCount(count)}`).join(', ')})`;
}
