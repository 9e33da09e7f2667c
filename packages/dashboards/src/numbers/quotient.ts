/** A mean or a share; null where there is nothing to divide by, as measures have it. */
export function quotient(numerator: number, denominator: number): number | null {
  return denominator === 0 ? null : numerator / denominator;
}
