import type { FileReading } from '../reading/reading.js';

/**
 * Watches whether the keys of accepted records rise. If they do to the end of a file, no key was delivered twice, and
 * the table needs no search for repeats, which takes as long as the load itself.
 */
export class KeyOrder {
  /** Whether every record so far had a greater key than the one before it. */
  ascending: boolean;
  /** The numbers of the current record by column, to be set before {@link KeyOrder.next}. */
  readonly values: Float64Array;
  readonly #previous: Float64Array;
  readonly #key: Uint32Array;

  constructor({ fields, key }: FileReading) {
    this.values = new Float64Array(fields.length);
    this.#previous = new Float64Array(fields.length).fill(Number.NEGATIVE_INFINITY);
    this.#key = Uint32Array.from(key);
    this.ascending = key.length > 0 && key.every((column) => fields[column]?.kind === 'int');
  }

  /** Compares the record's key with the one before. */
  next(): void {
    const { values } = this;
    const previous = this.#previous;
    const key = this.#key;
    let rises = false;
    for (let part = 0; part < key.length; part++) {
      const column = key[part]!;
      const value = values[column]!;
      if (!rises) {
        if (value > previous[column]!) rises = true;
        else if (value !== previous[column]!) break;
      }
      previous[column] = value;
    }
    if (!rises) this.ascending = false;
  }
}
