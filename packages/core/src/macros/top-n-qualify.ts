import { sql } from '../sql/fragment.js';
import type { Renderable } from '../sql/renderable.js';
import { macro } from './macro.js';

export interface TopN {
  readonly partitionBy: Renderable;
  /** The order that decides, tie-breaker included, with `nulls last` where a value may be null. */
  readonly orderBy: Renderable;
  readonly n: Renderable | number;
}

/** A qualify clause that keeps the first n rows of each partition. */
export const topNQualify = macro(
  'topNQualify',
  ({ partitionBy, orderBy, n }: TopN) =>
    sql`qualify row_number() over (partition by ${partitionBy} order by ${orderBy}) <= ${n}`,
);
