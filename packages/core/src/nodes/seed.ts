import { callerLocation, type SourceLocation } from '../sql/location.js';
import type { Columns } from './column.js';
import { Relation, type RelationOptions } from './relation.js';

export interface SeedOptions<C extends Columns> extends RelationOptions<C> {
  /** The CSV file: `new URL('./name.csv', import.meta.url)`. Its header holds the column names, in any order. */
  readonly file: URL;
}

/** A small table kept as CSV with the code. */
export class Seed<C extends Columns = Columns> extends Relation<C> {
  readonly kind = 'seed';
  readonly file: URL;

  constructor(options: SeedOptions<C>, location?: SourceLocation) {
    super(options, location);
    this.file = options.file;
  }
}

/** Declares a seed. */
export function seed<const C extends Columns>(options: SeedOptions<C>): Seed<C> {
  return new Seed(options, callerLocation(seed));
}
