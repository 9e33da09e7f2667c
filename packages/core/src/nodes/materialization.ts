import type { Columns } from './column.js';
import type { Relation } from './relation.js';

/** How a model stands in the warehouse. `Name` is what its columns may be called. */
export type Materialization<Name extends string = string> = Table | View | Ephemeral | Incremental<Name>;

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
 * How a changed row of an input finds the rows of the model that it may change: they have the same values in some columns.
 * A row of the model must depend on no other rows of that input.
 */
export interface InputMapping<Name extends string = string> {
  readonly input: Relation;
  /** The model's columns by those of the input; undefined: any change of the input rebuilds the model in full. */
  readonly columns: Readonly<Record<string, Name>> | undefined;
}

/**
 * - `refresh`: the table is computed anew whenever its inputs changed. Always equals a full refresh.
 * - `changes`: the rows that changed inputs map to are computed anew and take the place of the old ones. Always equals a
 *   full refresh, if the mappings are right.
 * - `append`: the rows of the query are added. Promises nothing about rows that are late, corrected or delivered twice.
 * - `merge`: rows with a known key are replaced, others added. Rows that vanished from the inputs stay.
 * - `deleteInsert`: all rows that share a value of `deleteBy` (default: the key) with the query's rows are deleted, then
 *   the query's rows are added. Groups that vanished from the inputs stay.
 */
export type IncrementalStrategy = 'refresh' | 'changes' | 'append' | 'merge' | 'deleteInsert';

export interface Incremental<Name extends string = string> {
  readonly type: 'incremental';
  readonly strategy: IncrementalStrategy;
  readonly deleteBy?: readonly Name[];
  /** For `changes`: a mapping for every table that the query reads, itself or through views. */
  readonly inputs?: readonly InputMapping<Name>[];
  /** For `changes`: with more than this share (0 … 1) of its rows to compute anew, the table is rebuilt in full. */
  readonly maxShare?: number;
}

export const table = (): Table => ({ type: 'table' });
export const view = (): View => ({ type: 'view' });
export const ephemeral = (): Ephemeral => ({ type: 'ephemeral' });

export interface IncrementalOptions<Name extends string> {
  readonly strategy?: Exclude<IncrementalStrategy, 'refresh' | 'changes'>;
  readonly deleteBy?: readonly Name[];
  readonly inputs?: readonly InputMapping<Name>[];
  readonly maxShare?: number;
}

const MAX_SHARE = 0.3;

/**
 * A table that is kept between builds, and by default always equals its full refresh: with `inputs` only the rows that
 * changed inputs map to are computed anew, without them all rows are.
 */
export function incremental(): Incremental<never>;
export function incremental<const Name extends string>(options: IncrementalOptions<Name>): Incremental<Name>;
export function incremental<Name extends string>(options: IncrementalOptions<Name> = {}): Incremental<Name> {
  const { inputs, maxShare = MAX_SHARE, strategy, ...rest } = options;
  if (strategy) return { type: 'incremental', strategy, ...rest, ...(inputs && { inputs }) };
  return inputs
    ? { type: 'incremental', strategy: 'changes', ...rest, inputs, maxShare }
    : { type: 'incremental', strategy: 'refresh', ...rest };
}

/**
 * A changed row of the input touches the rows of the model with the same values: `mapped(srcRatings, { user_id: 'user_id' })`
 * names the input's columns and the model's. Both are checked by the compiler.
 */
export function mapped<C extends Columns, const M extends { readonly [K in keyof C & string]?: string }>(
  input: Relation<C>,
  columns: M & { readonly [K in Exclude<keyof M, keyof C>]: never },
): InputMapping<M[keyof M] & string> {
  return { input, columns: columns as unknown as Readonly<Record<string, M[keyof M] & string>> };
}

/** Any change of the input rebuilds the model in full. */
export function refreshedBy(input: Relation): InputMapping<never> {
  return { input, columns: undefined };
}
