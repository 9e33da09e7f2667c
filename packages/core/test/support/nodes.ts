import {
  type Columns,
  integer,
  type Materialization,
  type Model,
  type ModelOptions,
  model,
  type Source,
  type SourceOptions,
  type Sql,
  source,
  table,
  text,
} from '../../src/index.js';

/** Columns that most tests can do with. */
export const idAndName = { id: integer(), name: text() };

type Options<C extends Columns> = Partial<
  Omit<ModelOptions<C>, 'name' | 'columns' | 'query' | 'materialized' | 'measures'>
> & {
  /** Its columns are not checked by the compiler. */
  readonly materialized?: Materialization;
};

/** A model, a table unless said otherwise, that needs no more than a name, columns and a query. */
export function aModel<const C extends Columns>(
  name: string,
  columns: C,
  query: Sql,
  options: Options<C> = {},
): Model<C> {
  const { materialized = table(), ...rest } = options;
  return model<C>({
    name,
    description: name,
    materialized: materialized as ModelOptions<C>['materialized'],
    columns,
    query,
    ...rest,
  });
}

/** A source whose rows the test delivers. */
export function aSource<const C extends Columns>(
  name: string,
  columns: C,
  options: Partial<Omit<SourceOptions<C>, 'name' | 'columns'>> = {},
): Source<C> {
  return source<C>({ name, description: name, columns, shapes: [], schema: 'raw', ...options });
}
