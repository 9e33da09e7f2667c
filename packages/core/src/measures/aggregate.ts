import type { MeasureFormat } from './format.js';

/** What a measure computes, over columns of its model. `Other` are the measures that a ratio may name. */
export type Aggregate<
  Column extends string = string,
  Numeric extends string = string,
  Other extends string = string,
> =
  | { readonly type: 'count' }
  | { readonly type: 'countDistinct'; readonly column: Column; readonly without?: string | undefined }
  | { readonly type: 'sum'; readonly column: Numeric }
  | { readonly type: 'average'; readonly column: Numeric }
  | { readonly type: 'weightedAverage'; readonly value: Numeric; readonly weight: Numeric }
  | { readonly type: 'ratio'; readonly numerator: Other; readonly denominator: Other };

export interface MeasureOptions {
  /** What the number says, in one sentence. */
  readonly description: string;
  /** Default: `integer` for counts and sums of whole numbers, else `decimal`. */
  readonly format?: MeasureFormat;
}

/** A measure as a model's options state it: without its name, and without the columns it is computed from. */
export interface DeclaredMeasure<A extends Aggregate = Aggregate> extends MeasureOptions {
  readonly aggregate: A;
}

export type DeclaredMeasures = Readonly<Record<string, DeclaredMeasure>>;

/** The rows. 0, in DAX blank, where there are none. */
export function count(options: MeasureOptions): DeclaredMeasure<{ readonly type: 'count' }> {
  return { aggregate: { type: 'count' }, ...options };
}

export interface CountDistinctOptions extends MeasureOptions {
  /** A text that stands for no value, and is not counted either. */
  readonly without?: string;
}

/** How many values a column takes, null not counted. */
export function countDistinct<const Name extends string>(
  column: Name,
  { without, ...options }: CountDistinctOptions,
): DeclaredMeasure<{
  readonly type: 'countDistinct';
  readonly column: Name;
  readonly without?: string | undefined;
}> {
  return { aggregate: { type: 'countDistinct', column, without }, ...options };
}

/** The sum of a column of numbers; null where there is none. */
export function sum<const Name extends string>(
  column: Name,
  options: MeasureOptions,
): DeclaredMeasure<{ readonly type: 'sum'; readonly column: Name }> {
  return { aggregate: { type: 'sum', column }, ...options };
}

/** The mean of a column of numbers, as a double, null left out. */
export function average<const Name extends string>(
  column: Name,
  options: MeasureOptions,
): DeclaredMeasure<{ readonly type: 'average'; readonly column: Name }> {
  return { aggregate: { type: 'average', column }, ...options };
}

/** sum(value × weight) / sum(weight), as a double; null where the weights sum to 0. */
export function weightedAverage<const Value extends string, const Weight extends string>(
  of: { readonly value: Value; readonly weight: Weight },
  options: MeasureOptions,
): DeclaredMeasure<{ readonly type: 'weightedAverage'; readonly value: Value; readonly weight: Weight }> {
  return { aggregate: { type: 'weightedAverage', value: of.value, weight: of.weight }, ...options };
}

/** One measure of the same model divided by another, as a double; null where the other is 0. */
export function ratio<const Numerator extends string, const Denominator extends string>(
  numerator: Numerator,
  denominator: Denominator,
  options: MeasureOptions,
): DeclaredMeasure<{
  readonly type: 'ratio';
  readonly numerator: Numerator;
  readonly denominator: Denominator;
}> {
  return { aggregate: { type: 'ratio', numerator, denominator }, ...options };
}
