import { callerLocation, type SourceLocation } from '@matinee/core';
import type { Field } from './field.js';

/** The columns of a date table; numbers that months are sorted by are hidden. */
export const dateColumns = ['date', 'year', 'quarter', 'month', 'month_of_year'] as const;
export type DateColumn = (typeof dateColumns)[number];

/** One row per day of all years in which there is a row of a fact. Power BI knows it for the model's date table. */
export class DateTable {
  readonly kind = 'date';
  readonly name: string;
  readonly description: string;
  /** The day of a fact that decides the first and the last year. */
  readonly of: Field;
  readonly location: SourceLocation | undefined;

  constructor(of: Field, options: DateTableOptions, location: SourceLocation | undefined) {
    this.of = of;
    this.name = options.name;
    this.description = options.description;
    this.location = location;
  }

  column(name: DateColumn): Field {
    return { table: this, kind: 'column', name };
  }
}

export interface DateTableOptions {
  readonly name: string;
  readonly description: string;
}

/** Makes the date table of a day, which is related to it. */
export function dateTable(of: Field, options: DateTableOptions): DateTable {
  return new DateTable(of, options, callerLocation(dateTable));
}
