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
 * - `microbatch`: the rows from the latest batch on, and those of `lookback` batches before, are computed anew, by a time
 *   column. Promises nothing about rows that change or come later than that.
 */
export type IncrementalStrategy = 'refresh' | 'changes' | 'append' | 'merge' | 'deleteInsert' | 'microbatch';

export const batchSizes = ['hour', 'day', 'week', 'month', 'year'] as const;
export type BatchSize = (typeof batchSizes)[number];

/** Batches of rows by time. */
export interface Microbatch<Name extends string = string> {
  /** A date or timestamp of the model that is never null. */
  readonly time: Name;
  readonly batch: BatchSize;
  /** Batches before the latest that are computed anew as well. Default 1. */
  readonly lookback?: number;
}

/**
 * What happens when columns are added, taken away or get another type:
 * - `fail` (default): nothing, until a full refresh is asked
 * - `fullRefresh`: the table is rebuilt
 * - `append`: new columns are null in the rows that are there; other changes fail
 * - `sync`: as `append`, and columns that were taken away are dropped
 *
 * The last two leave rows in place that the query of now might give otherwise, so they go with the strategies only that
 * promise nothing about them.
 */
export type OnSchemaChange = 'fail' | 'fullRefresh' | 'append' | 'sync';

export interface Incremental<Name extends string = string> {
  readonly type: 'incremental';
  readonly strategy: IncrementalStrategy;
  readonly deleteBy?: readonly Name[];
  readonly microbatch?: Microbatch<Name>;
  readonly onSchemaChange: OnSchemaChange;
  /** For `changes`: a mapping for every table that the query reads, itself or through views. */
  readonly inputs?: readonly InputMapping<Name>[];
  /** For `changes`: with more than this share (0 … 1) of its rows to compute anew, the table is rebuilt in full. */
  readonly maxShare?: number;
}

export const table = (): Table => ({ type: 'table' });
export const view = (): View => ({ type: 'view' });
export const ephemeral = (): Ephemeral => ({ type: 'ephemeral' });

export interface IncrementalOptions<Name extends string> {
  readonly strategy?: Exclude<IncrementalStrategy, 'refresh' | 'changes' | 'microbatch'>;
  readonly deleteBy?: readonly Name[];
  /** Makes it `microbatch`. */
  readonly microbatch?: Microbatch<Name>;
  readonly onSchemaChange?: OnSchemaChange;
  readonly inputs?: readonly InputMapping<Name>[];
  readonly maxShare?: number;
}

const MAX_SHARE = 0.3;

/**
 * A table that is kept between builds, and by default always equals its full refresh: with `inputs` only the rows that
 * changed inputs map to are computed anew, without them all rows are.
 */
export function incremental(
  options?: Pick<IncrementalOptions<never>, 'strategy' | 'onSchemaChange' | 'maxShare'> & {
    readonly [name in 'deleteBy' | 'microbatch' | 'inputs']?: never;
  },
): Incremental<never>;
export function incremental<const Name extends string>(options: IncrementalOptions<Name>): Incremental<Name>;
export function incremental<Name extends string>(options: IncrementalOptions<Name> = {}): Incremental<Name> {
  const { maxShare, onSchemaChange = 'fail', ...rest } = options;
  const byDefault = rest.inputs ? 'changes' : rest.microbatch ? 'microbatch' : 'refresh';
  return {
    type: 'incremental',
    strategy: rest.strategy ?? byDefault,
    onSchemaChange,
    ...rest,
    ...(rest.inputs && { maxShare: maxShare ?? MAX_SHARE }),
  };
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
