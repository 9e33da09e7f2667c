import type { Typed } from '../bind/typed.js';
import type { Place } from '../errors.js';

/** An argument; `constant` is the value of a literal. */
export interface Argument extends Typed {
  readonly constant?: string;
}

export interface ScalarFunction {
  readonly min: number;
  readonly max: number;
  make(args: readonly Argument[], place: Place): Typed;
}

export interface AggregateCall {
  readonly args: readonly Typed[];
  readonly star: boolean;
  readonly place: Place;
  /** Of WITHIN GROUP. */
  readonly order: string | undefined;
  /** `distinct `, or nothing. */
  readonly distinct: string;
  /** A call of an aggregate of DuckDB with the DISTINCT, the nulls and the window of this one. */
  call(duck: string, inner: string): string;
  /** The same without DISTINCT and nulls. */
  plain(duck: string, inner: string): string;
}

export type AggregateFunction = (call: AggregateCall) => Typed;

export function scalar(min: number, max: number, make: ScalarFunction['make']): ScalarFunction {
  return { min, max, make };
}
