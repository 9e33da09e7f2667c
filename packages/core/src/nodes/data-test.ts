import type { Sql } from '../sql/fragment.js';
import { callerLocation, type SourceLocation } from '../sql/location.js';
import type { TestOptions } from './generic-test.js';

export interface DataTestOptions extends Omit<TestOptions, 'where' | 'name'> {
  readonly name: string;
  readonly description: string;
  readonly tags?: readonly string[];
  /** The rows that should not be. */
  readonly query: Sql;
}

/** A singular test: a query over any nodes that returns the rows that should not be. */
export class DataTest {
  readonly kind = 'data_test';
  readonly name: string;
  readonly description: string;
  readonly tags: readonly string[];
  readonly query: Sql;
  readonly options: TestOptions;
  readonly location: SourceLocation | undefined;

  constructor(options: DataTestOptions, location?: SourceLocation) {
    const { name, description, tags, query, ...testOptions } = options;
    this.name = name;
    this.description = description;
    this.tags = tags ?? [];
    this.query = query;
    this.options = testOptions;
    this.location = location;
  }
}

/** Declares a singular data test. It runs with the most downstream nodes it reads, before they are published. */
export function dataTest(options: DataTestOptions): DataTest {
  return new DataTest(options, callerLocation(dataTest));
}
