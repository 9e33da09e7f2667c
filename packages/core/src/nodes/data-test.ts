import type { Sql } from '../sql/fragment.js';
import { callerLocation, type SourceLocation } from '../sql/location.js';
import type { TestOptions } from './generic-test.js';
import type { InputMapping } from './materialization.js';

export interface DataTestOptions extends Omit<TestOptions, 'where' | 'name'> {
  readonly name: string;
  readonly description: string;
  readonly tags?: readonly string[];
  /** The rows that should not be. */
  readonly query: Sql;
  /**
   * How a changed row of each table that the query reads finds the rows that may newly fail, by columns of the query: after an
   * increment the test then looks at these alone. Without it, it looks at everything each time.
   */
  readonly inputs?: readonly InputMapping[];
}

/** A singular test: a query over any nodes that returns the rows that should not be. */
export class DataTest {
  readonly kind = 'data_test';
  readonly name: string;
  readonly description: string;
  readonly tags: readonly string[];
  readonly query: Sql;
  readonly inputs: readonly InputMapping[] | undefined;
  readonly options: TestOptions;
  readonly location: SourceLocation | undefined;

  constructor(options: DataTestOptions, location?: SourceLocation) {
    const { name, description, tags, query, inputs, ...testOptions } = options;
    this.name = name;
    this.description = description;
    this.tags = tags ?? [];
    this.query = query;
    this.inputs = inputs;
    this.options = testOptions;
    this.location = location;
  }
}

/** Declares a singular data test. It runs with the most downstream nodes it reads, before they are published. */
export function dataTest(options: DataTestOptions): DataTest {
  return new DataTest(options, callerLocation(dataTest));
}
