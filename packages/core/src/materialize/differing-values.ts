import type { DataType } from '../nodes/data-type.js';

/** Doubles that differ by no more than this share of the larger one are the same. */
const TOLERANCE = '1e-9';
/** No share of an infinite one is anything but infinite. */
const LARGEST = '1e300';

/** A condition: that two values are not the same. Nulls are. */
export function differ(left: string, right: string, type: DataType | undefined): string {
  if (type !== 'double') return `${left} is distinct from ${right}`;
  const gap = `abs(${left} - ${right})`;
  const isFar = `${gap} > ${TOLERANCE} * greatest(abs(${left}), abs(${right})) or ${gap} >= ${LARGEST}`;
  return `(${left} is distinct from ${right} and coalesce(${isFar}, true))`;
}
