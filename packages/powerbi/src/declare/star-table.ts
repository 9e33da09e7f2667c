import {
  type Columns,
  callerLocation,
  type DeclaredMeasure,
  Measure,
  Model,
  type Relation,
  type SourceLocation,
} from '@matinee/core';
import type { Field } from './field.js';

/** A measure over those keys only that the rows of another table have, as they are filtered. */
export interface MeasureAmong {
  readonly measure: Measure;
  readonly among: StarTable;
  readonly description: string | undefined;
}

/** A measure that a table has beside those of its model. */
export type AddedMeasure = Measure | MeasureAmong | DeclaredMeasure;

export interface StarTableOptions<C extends Columns, P extends keyof C & string, D extends string> {
  /** The name in Power BI: plain words in the singular. Reports of users hold on to it. */
  readonly name: string;
  /** Default: that of the relation. */
  readonly description?: string;
  /** What is loaded. Default: all columns, less those of `days`. What is not loaded costs nothing. */
  readonly columns?: readonly P[];
  /** Days of timestamps, by the name they get; the timestamps themselves are not loaded. */
  readonly days?: Readonly<Record<D, keyof C & string>>;
  /** Filters pass from this table to the tables it refers to as well. At most one table of a model should need it. */
  readonly filtersBothWays?: boolean;
  /** Measures beside those of the model: of other models with the same columns, among rows of other tables, or new ones. */
  readonly measures?: Readonly<Record<string, AddedMeasure>>;
  /** Names of the model's measures that are left out, as those over columns that are not loaded must be. */
  readonly withoutMeasures?: readonly string[];
}

/** A relation of the warehouse as a table of the semantic model. */
export class StarTable<C extends string = string, M extends string = string> {
  readonly kind = 'relation';
  readonly name: string;
  readonly description: string;
  readonly of: Relation;
  readonly columns: readonly string[];
  readonly days: Readonly<Record<string, string>>;
  readonly filtersBothWays: boolean;
  readonly measures: Readonly<Record<string, Measure | MeasureAmong>>;
  readonly location: SourceLocation | undefined;

  constructor(
    of: Relation,
    options: StarTableOptions<Columns, string, string>,
    location: SourceLocation | undefined,
  ) {
    this.of = of;
    this.name = options.name;
    this.description = options.description ?? of.description;
    this.days = options.days ?? {};
    const replaced = new Set(Object.values(this.days));
    this.columns = options.columns ?? Object.keys(of.columns).filter((name) => !replaced.has(name));
    this.filtersBothWays = options.filtersBothWays ?? false;
    this.measures = {
      ...without(of instanceof Model ? of.measures : {}, options.withoutMeasures ?? []),
      ...bind(options.measures ?? {}, of),
    };
    this.location = location;
  }

  column(name: C): Field {
    return { table: this as StarTable, kind: 'column', name };
  }

  measure(name: M): Field {
    return { table: this as StarTable, kind: 'measure', name };
  }
}

type NamesOfMeasures<R> = R extends { readonly measures: infer M } ? keyof M & string : never;

/**
 * Takes a relation into the semantic model.
 *
 * ```ts
 * export const rating = starTable(fctRatings, { name: 'Rating', columns: ['user_id', 'rating'], days: { rating_day: 'rated_at' } });
 * rating.measure('average_rating'); // of the model; one that is not there does not compile
 * ```
 */
export function starTable<
  R extends Relation,
  const P extends keyof R['columns'] & string,
  const D extends string = never,
  const A extends Readonly<Record<string, AddedMeasure>> = Record<never, never>,
>(
  of: R,
  options: StarTableOptions<R['columns'], P, D> & { readonly measures?: A },
): StarTable<P | D, NamesOfMeasures<R> | (keyof A & string)> {
  return new StarTable(of, options, callerLocation(starTable));
}

/**
 * A measure over the keys that the rows of another table have, as they are filtered: the genres of the movies that were rated in a
 * range of days. Both tables must refer to one table that holds the keys.
 */
export function among(
  measure: Measure,
  rows: Pick<StarTable, 'name'>,
  options: { readonly description?: string } = {},
): MeasureAmong {
  return { measure, among: rows as StarTable, description: options.description };
}

function bind(
  added: Readonly<Record<string, AddedMeasure>>,
  of: Relation,
): Readonly<Record<string, Measure | MeasureAmong>> {
  const measures: Record<string, Measure | MeasureAmong> = {};
  const owner = { columns: of.columns, measures: measures as Record<string, Measure> };
  for (const [name, measure] of Object.entries(added)) {
    measures[name] =
      measure instanceof Measure || 'among' in measure ? measure : new Measure(name, measure, owner);
  }
  return measures;
}

function without<T>(all: Readonly<Record<string, T>>, names: readonly string[]): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(all).filter(([name]) => !names.includes(name)));
}
