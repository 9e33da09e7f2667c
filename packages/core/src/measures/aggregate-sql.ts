import { weightedAvg } from '../macros/weighted-avg.js';
import { sql } from '../sql/fragment.js';
import { ident } from '../sql/identifier.js';
import { lit } from '../sql/literal.js';
import type { Renderable } from '../sql/renderable.js';
import type { Aggregate } from './aggregate.js';
import type { Measure } from './measure.js';

/**
 * The aggregate expression. The same text serves both dialects but for the quoting of names: means are of doubles, for
 * Snowflake rounds the mean of whole numbers; no division meets a zero, which one engine refuses and the other takes.
 */
export function aggregateSql(aggregate: Aggregate, other: (name: string) => Measure): Renderable {
  switch (aggregate.type) {
    case 'count':
      return sql`count(*)`;
    case 'countDistinct': {
      const column = ident(aggregate.column);
      const value =
        aggregate.without === undefined ? column : sql`nullif(${column}, ${lit(aggregate.without)})`;
      return sql`count(distinct ${value})`;
    }
    case 'sum':
      return sql`sum(${ident(aggregate.column)})`;
    case 'average':
      return sql`avg(cast(${ident(aggregate.column)} as double))`;
    case 'weightedAverage':
      return weightedAvg(ident(aggregate.value), ident(aggregate.weight));
    case 'ratio':
      return sql`(cast(${other(aggregate.numerator)} as double) / nullif(${other(aggregate.denominator)}, 0))`;
  }
}

/**
 * What can be summed over groups: the measure of all groups together is the sum of the numerators, divided by the sum of
 * the denominators if there is one.
 */
export interface MeasureParts {
  readonly numerator: Renderable;
  readonly denominator: Renderable | undefined;
}

/** Undefined for what no sum over groups can give: distinct counts, and ratios of anything but counts and sums. */
export function aggregateParts(
  aggregate: Aggregate,
  other: (name: string) => Measure,
): MeasureParts | undefined {
  switch (aggregate.type) {
    case 'countDistinct':
      return undefined;
    case 'count':
    case 'sum':
      return { numerator: aggregateSql(aggregate, other), denominator: undefined };
    case 'average': {
      const column = ident(aggregate.column);
      return { numerator: sql`sum(${column})`, denominator: sql`count(${column})` };
    }
    case 'weightedAverage': {
      const [value, weight] = [ident(aggregate.value), ident(aggregate.weight)];
      return {
        numerator: sql`sum(cast(${value} as double) * ${weight})`,
        denominator: sql`sum(${weight})`,
      };
    }
    case 'ratio': {
      const [numerator, denominator] = [other(aggregate.numerator), other(aggregate.denominator)];
      return isSummable(numerator) && isSummable(denominator) ? { numerator, denominator } : undefined;
    }
  }
}

function isSummable({ aggregate }: Measure): boolean {
  return aggregate.type === 'count' || aggregate.type === 'sum';
}
