import { sql } from '../sql/fragment.js';
import type { Renderable } from '../sql/renderable.js';
import { macro } from './macro.js';

/** sum(value × weight) / sum(weight) as a double; null only where the weights sum to 0 or null. */
export const weightedAvg = macro(
  'weightedAvg',
  (value: Renderable, weight: Renderable) =>
    sql`(cast(sum((${value}) * (${weight})) as double) / nullif(sum(${weight}), 0))`,
);
