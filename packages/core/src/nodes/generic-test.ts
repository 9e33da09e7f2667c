import { type Sql, sql } from '../sql/fragment.js';
import { ident } from '../sql/identifier.js';
import type { Renderable } from '../sql/renderable.js';
import type { Relation } from './relation.js';

export type Severity = 'error' | 'warn';

/** How a data test judges the number of failing rows. */
export interface TestOptions {
  /** `error` (default) keeps a node from being published; `warn` only reports. */
  readonly severity?: Severity;
  /** More failing rows than this warn. Default 0. */
  readonly warnAbove?: number;
  /** More failing rows than this are an error (if the severity is `error`). Default 0. */
  readonly errorAbove?: number;
  /** Only rows that meet this condition are tested. */
  readonly where?: Sql;
  /** The name in lists and results; made from test, node and columns by default. */
  readonly name?: string;
}

/** What a generic test checks. Each kind has its SQL in `testing/generic-tests.ts`. */
export type TestCheck =
  | { readonly type: 'unique'; readonly columns: readonly string[] }
  | { readonly type: 'notNull'; readonly column: string }
  | {
      readonly type: 'acceptedValues';
      readonly column: string;
      readonly values: readonly (string | number)[];
    }
  | {
      readonly type: 'range';
      readonly column: string;
      readonly min?: number;
      readonly max?: number;
      readonly as?: string;
    }
  | {
      readonly type: 'relationships';
      readonly column: string;
      /** The relation that must hold the value; deferred, for files may import each other's names. */
      readonly to: (() => Relation) | 'self';
      readonly field: string;
    }
  | { readonly type: 'rowCount'; readonly min?: number; readonly max?: number }
  | { readonly type: 'expression'; readonly expression: Sql }
  | {
      readonly type: 'derived';
      readonly column: string;
      /** The column whose value decides it. */
      readonly from: string;
      readonly expression: Sql;
    };

/** A check and how it is judged, still without the node it belongs to. */
export interface GenericTest {
  readonly check: TestCheck;
  readonly options: TestOptions;
}

/** A test of one column, given the column's name when it is attached. */
export type ColumnTest = (column: string) => GenericTest;

/** The columns together are unique. */
export function unique(columns: readonly string[], options: TestOptions = {}): GenericTest {
  return { check: { type: 'unique', columns }, options };
}

/** Between `min` and `max` rows. A failing count is reported as one failing row. */
export function rowCount(
  bounds: { readonly min?: number; readonly max?: number },
  options: TestOptions = {},
): GenericTest {
  return { check: { type: 'rowCount', ...bounds }, options };
}

/** A condition that every row meets; a row for which it is null fails. */
export function expression(condition: Sql, options: TestOptions = {}): GenericTest {
  return { check: { type: 'expression', expression: condition }, options };
}

/** Values are null or lie in [min, max]. */
export function range(
  bounds: { readonly min?: number; readonly max?: number },
  options: TestOptions = {},
): ColumnTest {
  return (column) => ({ check: { type: 'range', column, ...bounds }, options });
}

/**
 * Values follow from another column alone: `derivedFrom('rating_id', packedHigh)` says that the column is the first part of the
 * packed key. Rows with the same key then have the same value, which spares other tests of the key much of their work.
 */
export function derivedFrom(
  from: string,
  expression: (value: Sql) => Renderable,
  options: TestOptions = {},
): ColumnTest {
  return (column) => ({
    check: { type: 'derived', column, from, expression: sql`${expression(sql`${ident(from)}`)}` },
    options,
  });
}

/** A relevance lies in [0, 1]. */
export function relevanceRange(options: TestOptions = {}): ColumnTest {
  return (column) => ({ check: { type: 'range', column, min: 0, max: 1, as: 'relevance_range' }, options });
}
