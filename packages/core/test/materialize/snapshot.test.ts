import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byTime, check, type FilmStrategy, filmHistory } from '../support/film-history.js';
import { type Lab, openLab } from '../support/lab.js';

type Film = readonly [id: number, name: string, changedAt?: string];

/** Builds with these films, at this hour of the lab's clock. */
async function see(lab: Lab, strategy: FilmStrategy, films: readonly Film[]) {
  const raw_films = films.map(([id, name, at = '2025-06-01 00:00:00']) => ({ id, name, changed_at: at }));
  const result = await lab.build(filmHistory(strategy), { rows: { raw_films } });
  expect(result.nodes.flatMap(({ error }) => error?.message ?? [])).toEqual([]);
}

/** The history as `id name from–to`, times as hours of the run or as given. */
async function history(lab: Lab): Promise<readonly string[]> {
  const rows = await lab.query(
    `select id || ' ' || name || ' ' || strftime(valid_from, '%d.%m. %H') || '–' || coalesce(strftime(valid_to, '%d.%m. %H'), '') as line
     from lab.film_history order by id, valid_from, valid_to nulls last`,
  );
  return rows.map(({ line }) => String(line));
}

describe('a snapshot by check', () => {
  it('opens, keeps, changes, closes and opens again', async () => {
    const lab = await openLab();
    await see(lab, check, [
      [1, 'Heat'],
      [2, 'Alien'],
    ]);
    expect(await history(lab)).toEqual(['1 Heat 01.01. 00–', '2 Alien 01.01. 00–']);
    await see(lab, check, [
      [2, 'Alien', '2025-07-07 00:00:00'],
      [1, 'Heat'],
    ]);
    expect(await history(lab)).toEqual(['1 Heat 01.01. 00–', '2 Alien 01.01. 00–']);
    await see(lab, check, [
      [1, 'Heat!'],
      [3, 'Ran'],
    ]);
    const third = [
      '1 Heat 01.01. 00–01.01. 02',
      '1 Heat! 01.01. 02–',
      '2 Alien 01.01. 00–01.01. 02',
      '3 Ran 01.01. 02–',
    ];
    expect(await history(lab)).toEqual(third);
    await see(lab, check, [
      [1, 'Heat!'],
      [2, 'Alien'],
      [3, 'Ran'],
    ]);
    expect(await history(lab)).toEqual([...third.slice(0, 3), '2 Alien 01.01. 03–', ...third.slice(3)]);
    const times = await lab.query(
      'select count(*) as n from lab.film_history where updated_at <> valid_from',
    );
    expect(times).toEqual([{ n: 0 }]);
  });

  it('goes on with its history when everything is refreshed, and when the ledger is lost', async () => {
    const lab = await openLab();
    await see(lab, check, [[1, 'Heat']]);
    await lab.session.execute('drop schema _matinee cascade');
    await see(lab, check, [[1, 'Heat 2']]);
    await lab.build(filmHistory(check), {
      rows: { raw_films: [{ id: 1, name: 'Heat 3', changed_at: '2025-06-01 00:00:00' }] },
      fullRefresh: true,
    });
    expect((await history(lab)).length).toBe(3);
  });

  it('keeps the history as it was when a key comes twice', async () => {
    const lab = await openLab();
    await see(lab, check, [[1, 'Heat']]);
    const twice = ['A', 'B'].map((name) => ({ id: 2, name, changed_at: '2025-06-01 00:00:00' }));
    const result = await lab.build(filmHistory(check), { rows: { raw_films: twice } });
    expect(result.status).toBe('failed');
    expect(await history(lab)).toEqual(['1 Heat 01.01. 00–']);
  });
});

describe('a snapshot by timestamp', () => {
  it('takes the rows’ own times, and the run’s where a row is gone', async () => {
    const lab = await openLab();
    await see(lab, byTime, [
      [1, 'Heat', '2025-06-01 10:00:00'],
      [2, 'Alien', '2025-06-01 11:00:00'],
    ]);
    await see(lab, byTime, [[1, 'unseen', '2025-06-01 10:00:00']]);
    await see(lab, byTime, [[1, 'Heat!', '2025-06-02 12:00:00']]);
    expect(await history(lab)).toEqual([
      '1 Heat 01.06. 10–02.06. 12',
      '1 Heat! 02.06. 12–',
      '2 Alien 01.06. 11–01.01. 01',
    ]);
  });

  it('sees the change of a row that had been gone, though its time lies before its return', async () => {
    const lab = await openLab();
    await see(lab, byTime, [[1, 'Heat', '2025-06-01 10:00:00']]);
    await see(lab, byTime, []);
    await see(lab, byTime, [[1, 'Heat', '2025-06-01 10:00:00']]);
    await see(lab, byTime, [[1, 'Heat!', '2025-06-03 10:00:00']]);
    const names = await lab.query('select name, updated_at from lab.film_history where valid_to is null');
    expect(names).toEqual([{ name: 'Heat!', updated_at: '2025-06-03 10:00:00' }]);
  });
});

/** A sequence of deliveries of up to three films, each with a name and the time of its last change. */
const deliveries = fc.array(
  fc.uniqueArray(
    fc.tuple(fc.integer({ min: 1, max: 3 }), fc.constantFrom('A', 'B'), fc.integer({ min: 1, max: 9 })),
    {
      selector: ([id]) => id,
    },
  ),
  { minLength: 2, maxLength: 6 },
);

it.each([
  ['check', check],
  ['timestamp', byTime],
] as const)(
  'a history by %s only grows, has one open version a key, and no two that overlap',
  async (_type, strategy) => {
    await fc.assert(
      fc.asyncProperty(deliveries, async (sequence) => {
        const lab = await openLab();
        let before: readonly unknown[] = [];
        for (const films of sequence) {
          await see(
            lab,
            strategy,
            films.map(([id, name, day]) => [id, name, `2025-06-0${day} 00:00:00`]),
          );
          const open = await lab.query('select id from lab.film_history where valid_to is null order by id');
          expect(open.map(({ id }) => id)).toEqual(films.map(([id]) => id).sort());
          const closed = await lab.query(
            'select * from lab.film_history where valid_to is not null order by scd_id',
          );
          expect(closed).toEqual(expect.arrayContaining([...before]));
          before = closed;
        }
        const overlaps = await lab.query(`
        select 1 as x from lab.film_history a join lab.film_history b on a.id = b.id and a.scd_id <> b.scd_id
          and a.valid_from < coalesce(b.valid_to, timestamp '9999-01-01') and b.valid_from < coalesce(a.valid_to, timestamp '9999-01-01')
        union all select 2 from lab.film_history where valid_to < valid_from`);
        expect(overlaps).toEqual([]);
      }),
      { numRuns: 8 },
    );
  },
);
