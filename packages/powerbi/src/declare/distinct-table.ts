import { callerLocation, type SourceLocation } from '@matinee/core';
import type { Field } from './field.js';
import type { StarTable } from './star-table.js';

/** The values that a column of another table takes, each once: a dimension that the warehouse has no relation for. */
export class DistinctTable<C extends string = string> {
  readonly kind = 'distinct';
  readonly name: string;
  readonly description: string;
  readonly of: StarTable;
  /** The column of the other table, and of this one. */
  readonly key: C;
  readonly location: SourceLocation | undefined;

  constructor(of: StarTable, key: C, options: DistinctTableOptions, location: SourceLocation | undefined) {
    this.of = of;
    this.key = key;
    this.name = options.name;
    this.description = options.description;
    this.location = location;
  }

  column(name: C): Field {
    return { table: this as DistinctTable, kind: 'column', name };
  }
}

export interface DistinctTableOptions {
  readonly name: string;
  readonly description: string;
}

/** Makes a dimension of the values of a column. Values that differ by case only are one, as they are to Power BI. */
export function distinctTable<C extends string>(
  of: StarTable<C, never> | StarTable<C>,
  key: NoInfer<C>,
  options: DistinctTableOptions,
): DistinctTable<typeof key> {
  return new DistinctTable(of as StarTable, key, options, callerLocation(distinctTable));
}
