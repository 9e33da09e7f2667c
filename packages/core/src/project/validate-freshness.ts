import { type Age, secondsOf } from '../nodes/freshness.js';
import type { Source } from '../nodes/source.js';

/** What is wrong with the freshness that a source declares, if it declares any. */
export function freshnessProblems({ name, columns, freshness }: Source): string[] {
  if (!freshness) return [];
  const { warnAfter, errorAfter, column } = freshness;
  const found: string[] = [];
  const isPositive = (age: Age) =>
    secondsOf(age) > 0 && Object.values(age).every((count) => count >= 0 && count < Infinity);
  for (const [bound, age] of Object.entries({ warnAfter, errorAfter }))
    if (age && !isPositive(age))
      found.push(`${bound} of the freshness of '${name}' is no time above 0, such as { hours: 12 }.`);
  if (!warnAfter && !errorAfter)
    found.push(`The freshness of '${name}' has neither warnAfter nor errorAfter.`);
  if (warnAfter && errorAfter && secondsOf(warnAfter) >= secondsOf(errorAfter))
    found.push(
      `The freshness of '${name}' warns no earlier than it fails: warnAfter must be below errorAfter.`,
    );
  const type = column === undefined ? undefined : columns[column]?.type;
  if (column !== undefined && type !== 'timestamp' && type !== 'date')
    found.push(
      `The freshness of '${name}' goes by '${column}', which is ${type ? `${type} and no timestamp or date` : 'no column of it'}.`,
    );
  return found;
}
