import type { FileReading } from '../reading/reading.js';

/**
 * Watches whether the keys of the records that fit rise, compared column by column in the file's order. If they do to
 * the end of a file, no key was delivered twice, and the table needs no search for repeats, which takes about as long as
 * the load itself.
 */
export class KeyOrder {
  /** Whether every record so far had a greater key than the one before it. */
  ascending: boolean;
  /** By column, the key of the record before. */
  readonly #previous: Int32Array;
  readonly #columns: readonly number[];

  /** @param previous where the fast lane keeps the key of the record before, by column */
  constructor({ fields, key }: FileReading, previous: Int32Array) {
    this.#columns = [...key].sort((a, b) => a - b);
    this.#previous = previous.fill(-1);
    this.ascending = key.length > 0 && key.every((column) => fields[column]?.kind === 'int');
  }

  /** The key of the next record that fits. The fast lane does the same in its loop. */
  next(keyOf: (column: number) => number): void {
    if (!this.ascending) return;
    let order = 0;
    for (const column of this.#columns) {
      const value = keyOf(column);
      if (value !== (value | 0)) order = -1;
      if (order === 0) order = value - this.#previous[column]!;
      this.#previous[column] = value;
    }
    this.ascending = order > 0;
  }
}
