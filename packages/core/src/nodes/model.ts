import type { Aggregate, DeclaredMeasure, DeclaredMeasures } from '../measures/aggregate.js';
import { bindMeasures, type Measures } from '../measures/measure.js';
import type { Sql } from '../sql/fragment.js';
import { callerLocation, type SourceLocation } from '../sql/location.js';
import type { Columns, NumericColumn } from './column.js';
import type { Materialization } from './materialization.js';
import { Relation, type RelationOptions } from './relation.js';
import type { SnowflakeTable } from './snowflake-table.js';

/** Measures that fit a model: over its columns, numbers where it takes numbers, ratios of its own measures. */
export type MeasuresOver<C extends Columns, Name extends string> = Readonly<
  Record<string, DeclaredMeasure<Aggregate<keyof C & string, NumericColumn<C>, Name>>>
>;

export interface ModelOptions<C extends Columns, M extends DeclaredMeasures = DeclaredMeasures>
  extends RelationOptions<C> {
  readonly materialized: Materialization<NoInfer<keyof C & string>>;
  readonly query: Sql;
  /** The numbers that people look at, by name; they share no name with a column. */
  readonly measures?: M & MeasuresOver<NoInfer<C>, NoInfer<keyof M & string>>;
  /** True if the query reads the clock or chance on purpose; without it such functions are refused. */
  readonly volatile?: boolean;
  /** Statements that run right before the model is built. */
  readonly preHook?: readonly Sql[];
  /** Statements that run once it is built, before its tests; `thisModel` is the table or view that will be published. */
  readonly postHook?: readonly Sql[];
  readonly snowflake?: SnowflakeTable<NoInfer<keyof C & string>>;
  /** Seconds that building and testing it may take; wins over the configuration's `nodeTimeout`. */
  readonly timeout?: number;
}

/** A query that the warehouse keeps as a view or table, or that is inlined where it is read. */
export class Model<
  C extends Columns = Columns,
  M extends DeclaredMeasures = DeclaredMeasures,
> extends Relation<C> {
  readonly kind = 'model';
  readonly materialized: Materialization;
  readonly query: Sql;
  readonly measures: Measures<M>;
  readonly volatile: boolean;
  readonly preHook: readonly Sql[];
  readonly postHook: readonly Sql[];
  readonly snowflake: SnowflakeTable;
  readonly timeout: number | undefined;

  constructor(options: ModelOptions<C, M>, location?: SourceLocation) {
    super(options, location);
    this.materialized = options.materialized;
    this.query = options.query;
    this.measures = bindMeasures((options.measures ?? {}) as M, options.columns);
    this.volatile = options.volatile ?? false;
    this.preHook = options.preHook ?? [];
    this.postHook = options.postHook ?? [];
    this.snowflake = options.snowflake ?? {};
    this.timeout = options.timeout;
  }
}

/** Declares a model. One a file; the file is named after the model. */
export function model<const C extends Columns, const M extends DeclaredMeasures = Record<never, never>>(
  options: ModelOptions<C, M>,
): Model<C, M> {
  return new Model(options, callerLocation(model));
}
