import { sql } from '../sql/fragment.js';
import type { Renderable } from '../sql/renderable.js';
import { macro } from './macro.js';

/**
 * sum(value × weight) / sum(weight) as a double. Null only where the weights sum to 0 or null, or no row has both a value
 * and a weight: values that are all 0 average to 0.
 */
export const weightedAvg = macro(
  'weightedAvg',
  (value: Renderable, weight: Renderable) =>
    sql`(sum(cast(${value} as double) * (${weight})) / nullif(sum(${weight}), 0))`,
);
