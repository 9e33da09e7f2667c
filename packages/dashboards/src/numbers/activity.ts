import type { Cube } from './cube.js';
import { type Days, daysOf } from './days.js';
import { onceFor } from './once-for.js';

/** Rows of a cube that `activityDays` made, by days, and within a day those first that were not active for longest. */
export class Activity {
  readonly #all: Days;
  /** Where the rows of each day begin, from the first day of all on, and where the last day ends. */
  readonly #starts: Int32Array;
  readonly #rows: Int32Array;
  readonly #gaps: Int32Array;

  /** @param cube with `rating_day` and `days_since_previous`, its rows in any order */
  constructor(cube: Cube) {
    this.#all = daysOf(cube) ?? { from: 0, to: -1 };
    const { from, to } = this.#all;
    const [days, since] = [cube.days('rating_day'), cube.numbers('days_since_previous')];
    const length = to - from + 1;
    // what lies before the first day of all is as good as never
    const gapOf = (row: number) => Math.min(since[row] as number, length);
    const rows = new Int32Array(cube.rows);
    for (let row = 0; row < rows.length; row++) rows[row] = row;
    const byGap = inOrder(rows, length + 1, (row) => length - gapOf(row));
    const byDay = inOrder(byGap.rows, length, (row) => (days[row] as number) - from);
    this.#starts = byDay.starts;
    this.#rows = byDay.rows;
    this.#gaps = new Int32Array(cube.rows);
    for (let at = 0; at < rows.length; at++) this.#gaps[at] = gapOf(this.#rows[at] as number);
  }

  /** Visits the rows of a range of days that were not active in it before: each thing once, by its first active day. */
  visitFirsts(days: Days, visit: (row: number) => void): void {
    const from = Math.max(days.from, this.#all.from);
    const to = Math.min(days.to, this.#all.to);
    for (let day = from; day <= to; day++) {
      const place = day - this.#all.from;
      const end = this.#starts[place + 1] as number;
      for (let at = this.#starts[place] as number; at < end; at++) {
        if ((this.#gaps[at] as number) <= day - from) break;
        visit(this.#rows[at] as number);
      }
    }
  }
}

/** The rows of a cube of active days, in the order in which a range is counted. */
export const activityOf: (cube: Cube) => Activity = onceFor((cube: Cube) => new Activity(cube));

/** Rows by a whole number from 0 on; equal ones stay in their order. Counting, for it is far faster than comparing. */
function inOrder(rows: Int32Array, count: number, keyOf: (row: number) => number) {
  const starts = new Int32Array(count + 1);
  for (const row of rows) {
    const next = keyOf(row) + 1;
    starts[next] = (starts[next] as number) + 1;
  }
  for (let key = 0; key < count; key++)
    starts[key + 1] = (starts[key + 1] as number) + (starts[key] as number);
  const [ordered, free] = [new Int32Array(rows.length), starts.slice()];
  for (const row of rows) {
    const key = keyOf(row);
    const place = free[key] as number;
    ordered[place] = row;
    free[key] = place + 1;
  }
  return { rows: ordered, starts };
}
