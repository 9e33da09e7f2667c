/** How a model stands in the warehouse. */
export type Materialization = Table | View | Ephemeral | Incremental;

export interface Table {
  readonly type: 'table';
}
export interface View {
  readonly type: 'view';
}
/** Not in the warehouse at all: inlined as a CTE into every query that reads it. */
export interface Ephemeral {
  readonly type: 'ephemeral';
}

/**
 * - `refresh`: the table is computed anew whenever its inputs changed. Always equals a full refresh.
 * - `append`: the rows of the query are added. Promises nothing about rows that are late, corrected or delivered twice.
 * - `merge`: rows with a known key are replaced, others added. Rows that vanished from the inputs stay.
 * - `deleteInsert`: all rows that share a value of `deleteBy` (default: the key) with the query's rows are deleted, then
 *   the query's rows are added. Groups that vanished from the inputs stay.
 */
export type IncrementalStrategy = 'refresh' | 'append' | 'merge' | 'deleteInsert';

export interface Incremental {
  readonly type: 'incremental';
  readonly strategy: IncrementalStrategy;
  readonly deleteBy?: readonly string[];
}

export const table = (): Table => ({ type: 'table' });
export const view = (): View => ({ type: 'view' });
export const ephemeral = (): Ephemeral => ({ type: 'ephemeral' });

export interface IncrementalOptions {
  readonly strategy?: IncrementalStrategy;
  readonly deleteBy?: readonly string[];
}

/** A table that is kept between builds. Without a strategy the safe one: it always equals its full refresh. */
export function incremental(options: IncrementalOptions = {}): Incremental {
  return { type: 'incremental', strategy: 'refresh', ...options };
}
