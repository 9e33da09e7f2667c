import { callerLocation, type SourceLocation } from '../sql/location.js';
import type { Columns } from './column.js';
import type { Freshness, TimeColumn } from './freshness.js';
import { Relation, type RelationOptions } from './relation.js';

/**
 * How a delivered text becomes a column's value, where the column's type does not say it all:
 * - `epochSeconds`: whole seconds since 1970-01-01 UTC, to a timestamp
 * - `dateTime`: `YYYY-MM-DD HH:MM:SS` in UTC, to a timestamp
 * - `zeroPadded`: padded with zeros on the left to `width` characters
 * - `pairedQuotes`: two double quotes in the value stand for one
 */
export type ColumnFormat =
  | { readonly type: 'epochSeconds' }
  | { readonly type: 'dateTime' }
  | { readonly type: 'zeroPadded'; readonly width: number }
  | { readonly type: 'pairedQuotes' };

/** One published shape of a file: how it is called, its header and its CSV dialect. Fields are separated by commas. */
export interface FileShape<Name extends string = string> {
  /** The shape's name, such as `grouplens`. */
  readonly name: string;
  /** The file's name without `.gz`. */
  readonly file: string;
  /** The header names in order; each is also the name of the column it fills. */
  readonly header: readonly Name[];
  /** The character before a quote inside a quoted field: `"` (doubled) by default, or a backslash. */
  readonly escape?: '"' | '\\';
  readonly formats?: { readonly [K in Name]?: ColumnFormat };
}

export interface SourceOptions<C extends Columns> extends RelationOptions<C> {
  readonly shapes: readonly FileShape<keyof C & string>[];
  /** If true, a delivery without the file gives an empty table; otherwise it is an error. */
  readonly optional?: boolean;
  /** How old its newest delivery may become. Of no consequence to what is built. */
  readonly freshness?: Freshness<TimeColumn<C>>;
}

/** A raw table that is loaded from delivered files. */
export class Source<C extends Columns = Columns> extends Relation<C> {
  readonly kind = 'source';
  readonly shapes: readonly FileShape[];
  readonly optional: boolean;
  readonly freshness: Freshness | undefined;

  constructor(options: SourceOptions<C>, location?: SourceLocation) {
    super(options, location);
    this.shapes = options.shapes;
    this.optional = options.optional ?? false;
    this.freshness = options.freshness;
  }
}

/** Declares a source: a raw table, the files that fill it and the shapes they come in. */
export function source<const C extends Columns>(options: SourceOptions<C>): Source<C> {
  return new Source(options, callerLocation(source));
}

/** The columns that every raw row carries beside its data: the file it came from and the load that brought it. */
export const provenanceColumns = { file: '_file', load: '_load' } as const;
