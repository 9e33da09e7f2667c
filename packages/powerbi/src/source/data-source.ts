import type { Relation } from '@matinee/core';
import type { ModelParameter } from '../model/semantic-model.js';

/** One step of a query in M: a name and an expression. */
export type Step = readonly [name: string, expression: string];

/** Where the rows of a relation are. */
export interface RowsOf {
  /** Steps to the rows; the last one has them. */
  readonly steps: readonly Step[];
  /** What a column of the relation is called there. */
  readonly column: (name: string) => string;
}

/** Where a semantic model takes its rows from. */
export interface DataSource {
  readonly parameters: readonly Omit<ModelParameter, 'id'>[];
  rowsOf(relation: Relation): RowsOf;
}
