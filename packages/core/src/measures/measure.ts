import { type Renderable, type RenderContext, renderSql } from '../sql/renderable.js';
import type { Aggregate, DeclaredMeasure, DeclaredMeasures } from './aggregate.js';
import { aggregateParts, aggregateSql, type MeasureParts } from './aggregate-sql.js';
import type { MeasureFormat } from './format.js';

/** The little that measures need to know of a column. */
export interface MeasuredColumn {
  readonly type: string;
  readonly isNullable: boolean;
}

interface Owner {
  readonly columns: Readonly<Record<string, MeasuredColumn>>;
  readonly measures: Readonly<Record<string, Measure>>;
}

/** The parts that a measure of some kind has; those of a ratio depend on what it divides. */
type PartsOf<A extends Aggregate> = A extends { readonly type: 'countDistinct' }
  ? undefined
  : A extends { readonly type: 'count' | 'sum' }
    ? MeasureParts & { readonly denominator: undefined }
    : A extends { readonly type: 'average' | 'weightedAverage' }
      ? MeasureParts & { readonly denominator: Renderable }
      : MeasureParts | undefined;

/**
 * A number that a model defines once, for cubes, pages and Power BI alike. Interpolated into `sql` it is its aggregate
 * expression over the columns of the model: ``sql`select ${facts.measures.users} from ${facts}` ``.
 */
export class Measure<A extends Aggregate = Aggregate> implements Renderable {
  readonly name: string;
  readonly aggregate: A;
  readonly description: string;
  readonly format: MeasureFormat;
  readonly #owner: Owner;

  constructor(name: string, declared: DeclaredMeasure<A>, owner: Owner) {
    this.name = name;
    this.aggregate = declared.aggregate;
    this.description = declared.description;
    this.format = declared.format ?? defaultFormat(declared.aggregate, owner);
    this.#owner = owner;
  }

  /** What can be summed over groups, as columns of a cube; undefined if nothing can, as with distinct counts. */
  get parts(): PartsOf<A> {
    return aggregateParts(this.aggregate, this.other) as PartsOf<A>;
  }

  /** A column of the model. */
  readonly column = (name: string): MeasuredColumn | undefined => this.#owner.columns[name];

  /** Another measure of the model, which a ratio names; a project with one that is not there is refused. */
  readonly other = (name: string): Measure => this.#owner.measures[name] as Measure;

  [renderSql](context: RenderContext): string {
    return aggregateSql(this.aggregate, this.other)[renderSql](context);
  }
}

/** The measures of a model, by name. */
export type Measures<M extends DeclaredMeasures = DeclaredMeasures> = {
  readonly [K in keyof M]: Measure<M[K]['aggregate']>;
};

/** Gives declared measures their names, and the columns they are computed from. */
export function bindMeasures<M extends DeclaredMeasures>(
  declared: M,
  columns: Readonly<Record<string, MeasuredColumn>>,
): Measures<M> {
  const measures: Record<string, Measure> = {};
  for (const [name, measure] of Object.entries(declared))
    measures[name] = new Measure(name, measure, { columns, measures });
  return measures as Measures<M>;
}

function defaultFormat(aggregate: Aggregate, { columns }: Owner): MeasureFormat {
  if (aggregate.type === 'sum') return columns[aggregate.column]?.type === 'int' ? 'integer' : 'decimal';
  return aggregate.type === 'count' || aggregate.type === 'countDistinct' ? 'integer' : 'decimal';
}
