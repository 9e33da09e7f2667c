import type { ColumnFormat } from '@matinee/core';

/** What a delivered value has to look like. Stricter than DuckDB's casts, which round 3.7 to 4 and take 0x10 for 16. */
export type FieldKind = 'int' | 'double' | 'text' | 'epochSeconds' | 'dateTime' | 'date' | 'boolean' | 'uuid';

/** One field of a file's records. */
export interface Field {
  /** The name in the header and of the column. */
  readonly name: string;
  readonly kind: FieldKind;
  /** Whether the field may be empty. Empty text is a text. */
  readonly mayBeEmpty: boolean;
  /** How a text becomes the column's value, where its kind does not say it all. */
  readonly format?: ColumnFormat | undefined;
  /** The type that DuckDB's reader gives it. */
  readonly readAs: string;
  /** SQL of the column's value on DuckDB, once it has been read. */
  readonly value: string;
}
