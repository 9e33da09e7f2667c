import type { Days } from './days.js';

/** Numbers that were summed up from the first day on: a range of days is the difference of its ends. */
export class Daily {
  readonly #first: number;
  readonly #width: number;
  readonly #sums: Float64Array;

  private constructor(first: number, width: number, sums: Float64Array) {
    this.#first = first;
    this.#width = width;
    this.#sums = sums;
  }

  /**
   * Whole numbers and halves stay exact: the sums of a cube are far below 2^52.
   *
   * @param days of each row, since 1970-01-01, in any order
   * @param width how many numbers there are for a day
   * @param add adds a row to the numbers of its day, which begin at a place
   * @param rows those that count; all if none are named
   */
  static of(
    days: Int32Array,
    width: number,
    add: (row: number, to: Float64Array, at: number) => void,
    rows?: Int32Array,
  ): Daily {
    const count = rows?.length ?? days.length;
    const rowAt = (place: number) => (rows ? (rows[place] as number) : place);
    let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (let place = 0; place < count; place++) {
      const day = days[rowAt(place)] as number;
      if (day < first) first = day;
      if (day > last) last = day;
    }
    if (count === 0) return new Daily(0, width, new Float64Array(width));
    // before the first day there is a line of noughts
    const sums = new Float64Array((last - first + 2) * width);
    for (let place = 0; place < count; place++) {
      const row = rowAt(place);
      add(row, sums, ((days[row] as number) - first + 1) * width);
    }
    for (let at = width; at < sums.length; at++)
      sums[at] = (sums[at] as number) + (sums[at - width] as number);
    return new Daily(first, width, sums);
  }

  /** The sum of one of the numbers over a range of days, both included. */
  sum(cell: number, { from, to }: Days): number {
    if (from > to) return 0;
    return this.#until(cell, to) - this.#until(cell, from - 1);
  }

  #until(cell: number, day: number): number {
    const lines = this.#sums.length / this.#width;
    const line = Math.min(Math.max(day - this.#first + 1, 0), lines - 1);
    return this.#sums[line * this.#width + cell] as number;
  }
}
