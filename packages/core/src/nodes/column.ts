import type { DataType, DataTypeValues } from './data-type.js';
import type { ColumnTest, GenericTest, TestOptions } from './generic-test.js';
import type { Relation } from './relation.js';

interface ColumnState {
  readonly type: DataType;
  readonly nullable: boolean;
  /** Its own words. */
  readonly description: string;
  /** The column that its values refer to; of several the first that was stated. */
  readonly referenced?: (() => Column | undefined) | undefined;
  readonly acceptedValues: readonly string[] | undefined;
  readonly tests: readonly ColumnTest[];
}

/**
 * A column of a contract. Columns are not null unless {@link Column.nullable}; every method gives a new column.
 *
 * ```ts
 * movie_id: integer().references(() => srcMovies, 'movie_id').describe('The rated movie.')
 * ```
 */
export class Column<T extends DataType = DataType, N extends boolean = boolean> {
  readonly type: T;
  readonly isNullable: N;
  /** The only values that a text column may hold, if declared. */
  readonly values: readonly string[] | undefined;
  readonly columnTests: readonly ColumnTest[];
  readonly #ownWords: string;
  readonly #referenced: ColumnState['referenced'];

  constructor(state: ColumnState & { readonly type: T; readonly nullable: N }) {
    this.type = state.type;
    this.isNullable = state.nullable;
    this.values = state.acceptedValues;
    this.columnTests = state.tests;
    this.#ownWords = state.description;
    this.#referenced = state.referenced;
  }

  #with<M extends boolean = N>(
    change: Partial<Omit<ColumnState, 'type' | 'nullable'>> & { readonly nullable?: M },
  ): Column<T, M> {
    return new Column<T, M>({
      type: this.type,
      description: this.#ownWords,
      referenced: this.#referenced,
      acceptedValues: this.values,
      tests: this.columnTests,
      ...change,
      nullable: (change.nullable ?? this.isNullable) as M,
    });
  }

  /** What it holds: its own words or, without any, those of the column that it references. Empty if there are none. */
  get description(): string {
    return this.#ownWords || (this.#referenced?.()?.description ?? '');
  }

  describe(description: string): Column<T, N> {
    return this.#with({ description });
  }

  /** The column may hold null, and gets no not-null test. */
  nullable(): Column<T, true> {
    return this.#with({ nullable: true });
  }

  /** Adds a test, such as `range({ min: 0.5, max: 5 })`. */
  test(test: ColumnTest): Column<T, N> {
    return this.#with({ tests: [...this.columnTests, test] });
  }

  unique(options: TestOptions = {}): Column<T, N> {
    return this.test((column) => ({ check: { type: 'unique', columns: [column] }, options }));
  }

  /** The only values the column may hold; an engine may store them as an enum. */
  acceptedValues(values: readonly string[], options: TestOptions = {}): Column<T, N> {
    const test: ColumnTest = (column) => ({ check: { type: 'acceptedValues', column, values }, options });
    return this.#with({ acceptedValues: values, tests: [...this.columnTests, test] });
  }

  /**
   * Every value that is not null stands in a column of another relation, which is thereby built first.
   * The relation is given as a function and its column is checked by the compiler. What is said of that column need not
   * be said again: see {@link Column.description}.
   */
  references<R extends Relation>(
    to: () => R,
    field: keyof R['columns'] & string,
    options: TestOptions = {},
  ): Column<T, N> {
    const test: ColumnTest = (column) => ({ check: { type: 'relationships', column, to, field }, options });
    const referenced = this.#referenced ?? (() => to().columns[field]);
    return this.#with({ referenced, tests: [...this.columnTests, test] });
  }

  /** Every value that is not null stands in a column of the same relation, such as a parent's id. */
  referencesSelf(field: string, options: TestOptions = {}): Column<T, N> {
    return this.test((column) => ({ check: { type: 'relationships', column, to: 'self', field }, options }));
  }

  /** All tests of the column under its name, the not-null test included. */
  testsFor(column: string): readonly GenericTest[] {
    const notNull: GenericTest[] = this.isNullable
      ? []
      : [{ check: { type: 'notNull', column }, options: {} }];
    return [...notNull, ...this.columnTests.map((test) => test(column))];
  }
}

/** The columns of a relation, in order. */
export type Columns = Readonly<Record<string, Column>>;

/** A row that fits the columns; columns left out are null. */
export type Row<C extends Columns> = {
  readonly [K in keyof C]?: DataTypeValues[C[K]['type']] | null;
};

/** The names of columns that are never null: the only ones a key may have. */
export type KeyColumn<C extends Columns> = {
  [K in keyof C & string]: C[K] extends Column<DataType, false> ? K : never;
}[keyof C & string];

/** The names of columns that hold numbers. */
export type NumericColumn<C extends Columns> = {
  [K in keyof C & string]: C[K] extends Column<'int' | 'double'> ? K : never;
}[keyof C & string];

function column<T extends DataType>(type: T): Column<T, false> {
  return new Column<T, false>({
    type,
    nullable: false,
    description: '',
    acceptedValues: undefined,
    tests: [],
  });
}

/** A 64-bit whole number. */
export const integer = (): Column<'int', false> => column('int');
/** A double-precision number. */
export const double = (): Column<'double', false> => column('double');
export const text = (): Column<'text', false> => column('text');
export const uuid = (): Column<'uuid', false> => column('uuid');
/** A calendar day; days of timestamps are UTC days. */
export const date = (): Column<'date', false> => column('date');
/** A UTC timestamp without zone. */
export const timestamp = (): Column<'timestamp', false> => column('timestamp');
export const boolean = (): Column<'boolean', false> => column('boolean');
