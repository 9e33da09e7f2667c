import { callerLocation, type SourceLocation } from '../sql/location.js';
import type { VariableValue } from '../sql/renderable.js';
import type { Columns, Row } from './column.js';
import type { Model } from './model.js';
import type { Relation } from './relation.js';

/** The rows that a unit test puts in the place of a relation. */
export interface Given {
  readonly relation: Relation;
  readonly rows: readonly Row<Columns>[];
}

/** Rows in the place of a relation; columns left out are null. */
export function given<C extends Columns>(relation: Relation<C>, rows: readonly Row<C>[]): Given {
  return { relation, rows };
}

/** What changes after a build, and what the whole table holds after the next. */
export interface LaterStep<C extends Columns = Columns> {
  /** All rows that these relations have now; others stay as they were. */
  readonly given: readonly Given[];
  readonly expected: readonly Row<C>[];
}

export interface UnitTestOptions<C extends Columns> {
  readonly name: string;
  readonly description: string;
  readonly tags?: readonly string[];
  /** The model whose query is tested. */
  readonly model: Model<C>;
  /** Rows for every relation that the query reads; ephemeral models may be given or are inlined. */
  readonly given: readonly Given[];
  /** The rows that come out, in any order. Columns named in none of them are not compared. */
  readonly expected: readonly Row<C>[];
  readonly variables?: Readonly<Record<string, VariableValue>>;
  /**
   * Makes it a scenario: the model is built, in a warehouse in memory, from the given rows, and again after each step. Given
   * are the tables behind the model; views and ephemeral models between run as they are. Expected is the whole table.
   */
  readonly later?: readonly LaterStep<C>[];
}

/** Given rows, a model's query, expected rows; run on the embedded engine, needing no warehouse. */
export class UnitTest {
  readonly kind = 'unit_test';
  readonly name: string;
  readonly description: string;
  readonly tags: readonly string[];
  readonly model: Model;
  readonly given: readonly Given[];
  readonly expected: readonly Row<Columns>[];
  readonly variables: Readonly<Record<string, VariableValue>>;
  readonly later: readonly LaterStep[];
  readonly location: SourceLocation | undefined;

  constructor(options: UnitTestOptions<Columns>, location?: SourceLocation) {
    this.name = options.name;
    this.description = options.description;
    this.tags = options.tags ?? [];
    this.model = options.model;
    this.given = options.given;
    this.expected = options.expected;
    this.variables = options.variables ?? {};
    this.later = options.later ?? [];
    this.location = location;
  }
}

/** Declares a unit test. */
export function unitTest<C extends Columns>(options: UnitTestOptions<C>): UnitTest {
  return new UnitTest(options as unknown as UnitTestOptions<Columns>, callerLocation(unitTest));
}
