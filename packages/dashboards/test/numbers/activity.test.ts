import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Activity } from '../../src/numbers/activity.js';
import type { Cube } from '../../src/numbers/cube.js';

const NEVER = 10_000_000;

/** What `activityDays` gives for the days on which one thing after the other was active, each counted by itself. */
function cubeOf(things: readonly (readonly number[])[]): Cube {
  const rows = things.flatMap((days) => {
    const sorted = [...new Set(days)].sort((a, b) => a - b);
    return sorted.map((day, place) => ({ day, gap: place === 0 ? NEVER : day - (sorted[place - 1] ?? 0) }));
  });
  return {
    rows: rows.length,
    days: () => Int32Array.from(rows, ({ day }) => day),
    numbers: () => Float64Array.from(rows, ({ gap }) => gap),
    texts: () => ({ codes: new Int32Array(), values: [] }),
  };
}

const day = fc.integer({ min: -40, max: 40 });

it('in any range each thing that was active in it is visited once, on its first day there', () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(day, { maxLength: 8 }), { maxLength: 12 }),
      day,
      day,
      (things, from, to) => {
        const cube = cubeOf(things);
        const days = cube.days('rating_day');
        const visited: number[] = [];
        new Activity(cube).visitFirsts({ from, to }, (row) => visited.push(days[row] ?? 0));
        const firsts = things.map((all) => Math.min(...all.filter((one) => one >= from && one <= to)));
        expect(visited).toEqual(firsts.filter(Number.isFinite).sort((a, b) => a - b));
      },
    ),
  );
});
