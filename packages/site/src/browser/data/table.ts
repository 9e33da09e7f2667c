import type { TableColumn } from '../../contract/site-facts.js';

/** Texts of a column: each row's place in the list of different texts, -1 for null. */
export interface TextColumn {
  readonly codes: Int32Array;
  /** The different texts, in alphabetical order. */
  readonly values: readonly string[];
}

/** A day that is null. */
export const NO_DAY = -2_147_483_648;

type Stored =
  | { readonly kind: 'number'; readonly values: Float64Array }
  | { readonly kind: 'day'; readonly values: Int32Array }
  | { readonly kind: 'text'; readonly values: TextColumn };

/** A table of the site, column by column. */
export class Table {
  readonly name: string;
  readonly rows: number;
  readonly #columns: ReadonlyMap<string, Stored>;

  constructor(name: string, rows: number, columns: ReadonlyMap<string, Stored>) {
    this.name = name;
    this.rows = rows;
    this.#columns = columns;
  }

  /** Numbers, and booleans as 0 and 1; NaN for null. Timestamps are milliseconds since 1970 UTC. */
  numbers(column: string): Float64Array {
    const stored = this.#get(column);
    if (stored.kind !== 'number') throw this.#mismatch(column, stored.kind, 'numbers');
    return stored.values;
  }

  /** Days since 1970-01-01; {@link NO_DAY} for null. */
  days(column: string): Int32Array {
    const stored = this.#get(column);
    if (stored.kind !== 'day') throw this.#mismatch(column, stored.kind, 'days');
    return stored.values;
  }

  texts(column: string): TextColumn {
    const stored = this.#get(column);
    if (stored.kind !== 'text') throw this.#mismatch(column, stored.kind, 'texts');
    return stored.values;
  }

  #get(column: string): Stored {
    const stored = this.#columns.get(column);
    if (!stored) throw new Error(`The table ${this.name} has no column ${column}.`);
    return stored;
  }

  #mismatch(column: string, kind: string, wanted: string): Error {
    return new Error(
      `The column ${column} of ${this.name} is of kind ${kind}: ${wanted}() does not read it.`,
    );
  }
}

/** What a Parquet reader hands out for a column: one or several stretches of rows. */
export type Chunks = readonly ArrayLike<unknown>[];

/** Builds a table from stretches of columns. */
export function toTable(
  name: string,
  rows: number,
  columns: readonly TableColumn[],
  chunksOf: (column: string) => Chunks,
): Table {
  const stored = columns.map(
    (column) => [column.name, toStored(column, chunksOf(column.name), rows)] as const,
  );
  return new Table(name, rows, new Map(stored));
}

function toStored({ type, values, halved }: TableColumn, chunks: Chunks, rows: number): Stored {
  if (values) return { kind: 'text', values: { codes: fill(new Int32Array(rows), chunks, -1), values } };
  if (type === 'text' || type === 'uuid') return { kind: 'text', values: toTexts(chunks, rows) };
  if (type === 'date') return { kind: 'day', values: fill(new Int32Array(rows), chunks, NO_DAY) };
  const numbers = fill(new Float64Array(rows), chunks, Number.NaN);
  if (halved) for (let row = 0; row < rows; row++) numbers[row] = (numbers[row] as number) / 2;
  return { kind: 'number', values: numbers };
}

function fill<T extends Int32Array | Float64Array>(into: T, chunks: Chunks, missing: number): T {
  let row = 0;
  for (const chunk of chunks) {
    for (let index = 0; index < chunk.length; index++) {
      const value = chunk[index];
      into[row++] = value === null || value === undefined ? missing : Number(value);
    }
  }
  return into;
}

function toTexts(chunks: Chunks, rows: number): TextColumn {
  const codes = new Int32Array(rows).fill(-1);
  const seen = new Map<string, number>();
  let row = 0;
  for (const chunk of chunks) {
    for (let index = 0; index < chunk.length; index++, row++) {
      const value = chunk[index];
      if (value === null || value === undefined) continue;
      const text = String(value);
      let code = seen.get(text);
      if (code === undefined) {
        code = seen.size;
        seen.set(text, code);
      }
      codes[row] = code;
    }
  }
  const values = [...seen.keys()].sort();
  const places = new Int32Array(values.length);
  values.forEach((value, place) => {
    places[seen.get(value) ?? 0] = place;
  });
  for (let index = 0; index < codes.length; index++) {
    const code = codes[index] ?? -1;
    if (code >= 0) codes[index] = places[code] ?? -1;
  }
  return { codes, values };
}
