/** A table of the site as numbers are computed from it: columns as typed arrays. The site's `Table` is one. */
export interface Cube {
  readonly rows: number;
  /** NaN for null; timestamps are milliseconds since 1970 UTC. */
  numbers(column: string): Float64Array;
  /** Days since 1970-01-01. */
  days(column: string): Int32Array;
  /** Each row's place in the list of different values, which is in alphabetical order. */
  texts(column: string): CubeTexts;
}

export interface CubeTexts {
  readonly codes: Int32Array;
  readonly values: readonly string[];
}
