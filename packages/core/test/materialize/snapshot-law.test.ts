import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { WarehouseRow } from '../../src/index.js';
import { byTime, check, type FilmStrategy, filmHistory } from '../support/film-history.js';
import { type Lab, openLab } from '../support/lab.js';

const RUNS = Number(process.env.MATINEE_PROPERTY_RUNS ?? 4);

/** The films that are there, each in one of its states, and how far the clock has moved since: not at all, or back. */
interface Look {
  readonly states: ReadonlyMap<number, number>;
  readonly hours: number;
}

const look: fc.Arbitrary<Look> = fc.record({
  states: fc
    .uniqueArray(fc.tuple(fc.integer({ min: 1, max: 4 }), fc.nat(3)), {
      selector: ([id]) => id,
      maxLength: 4,
    })
    .map((states) => new Map(states)),
  hours: fc.oneof(
    { weight: 6, arbitrary: fc.integer({ min: 1, max: 30 }) },
    { weight: 1, arbitrary: fc.constant(0) },
    { weight: 1, arbitrary: fc.integer({ min: -30, max: -1 }) },
  ),
});

/** A film in a state: under the timestamp strategy states only move on, and their time with them. */
function filmsOf(looks: readonly Look[], { type }: FilmStrategy): readonly (readonly WarehouseRow[])[] {
  const latest = new Map<number, number>();
  return looks.map(({ states }) =>
    [...states].map(([id, state]) => {
      const version = type === 'check' ? state : (latest.get(id) ?? 0) + (state > 1 ? 1 : 0);
      latest.set(id, version);
      const name = type === 'check' ? `state ${state % 2}` : `version ${version}`;
      return { id, name, changed_at: `2026-01-0${Math.min(1 + version, 9)} 00:00:00` };
    }),
  );
}

const hour = (hours: number) => new Date(Date.UTC(2026, 0, 2, hours));

async function build(lab: Lab, strategy: FilmStrategy, films: readonly WarehouseRow[], now: Date) {
  const rows = { raw_films: films as readonly Record<string, string | number>[] };
  const result = await lab.build(filmHistory(strategy), { rows, clock: () => now });
  expect(result.nodes.flatMap(({ error }) => error?.message ?? [])).toEqual([]);
}

const historyOf = (lab: Lab) => lab.rows('lab.film_history');
const isOpen = (row: WarehouseRow) => row.valid_to === null;
const texts = (rows: readonly object[]) => rows.map((row) => JSON.stringify(row)).sort();
/** A version without its end. */
const begun = (rows: readonly WarehouseRow[]) => texts(rows.map((row) => ({ ...row, valid_to: null })));

const OVERLAPS = `
  with versions as (select row_number() over () as number, id, valid_from, coalesce(valid_to, timestamp '9999-01-01') as ends from lab.film_history)
  select one.id from versions as one join versions as other
    on one.id = other.id and one.number < other.number and one.valid_from < other.ends and other.valid_from < one.ends
  union all
  select id from versions where ends < valid_from`;

it.each([
  ['check', check],
  ['timestamp', byTime],
] as const)(
  'a history by %s is only added to, shows what is there, and comes again',
  { timeout: 60_000 + RUNS * 5000 },
  async (_, strategy) => {
    await fc.assert(
      fc.asyncProperty(fc.array(look, { minLength: 2, maxLength: 7 }), async (looks) => {
        const films = filmsOf(looks, strategy);
        const times = looks.map((_, index) =>
          hour(looks.slice(0, index + 1).reduce((sum, { hours }) => sum + hours, 0)),
        );
        const lab = await openLab();
        let before: readonly WarehouseRow[] = [];
        for (const [index, rows] of films.entries()) {
          await build(lab, strategy, rows, times[index] as Date);
          const now = await historyOf(lab);
          const kept = texts(now);
          for (const row of texts(before.filter((one) => !isOpen(one)))) expect(kept).toContain(row);
          const started = begun(now);
          for (const row of begun(before)) expect(started).toContain(row);
          expect(now.length).toBeGreaterThanOrEqual(before.length);
          const shown = now.filter(isOpen).map(({ id, name }) => ({ id, name }));
          expect(texts(shown)).toEqual(texts(rows.map(({ id, name }) => ({ id, name }))));
          expect(await lab.query(OVERLAPS)).toEqual([]);
          before = now;
        }
        const again = await openLab();
        for (const [index, rows] of films.entries()) await build(again, strategy, rows, times[index] as Date);
        expect(await historyOf(again)).toEqual(before);
      }),
      { numRuns: RUNS },
    );
  },
);

it.each([
  ['stands still', [0, 0, 0]],
  ['goes back', [0, -5, -9]],
])('a history by check goes on while the clock %s', async (_, times) => {
  const lab = await openLab();
  const film = (name: string) => [{ id: 1, name, changed_at: '2026-01-01 00:00:00' }];
  for (const [index, name] of ['Heat', 'Heat!', 'Heat'].entries())
    await build(lab, check, film(name), hour(times[index] ?? 0));
  expect((await historyOf(lab)).filter(isOpen)).toMatchObject([{ id: 1, name: 'Heat' }]);
});
