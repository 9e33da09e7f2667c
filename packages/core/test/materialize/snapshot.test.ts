import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  integer,
  type Snapshot,
  type SnapshotStrategy,
  snapshot,
  sql,
  text,
  timestamp,
} from '../../src/index.js';
import { snapshotSelect } from '../../src/materialize/snapshot.js';
import { expectSql } from '../support/golden.js';
import { type Lab, openLab } from '../support/lab.js';
import { aSource } from '../support/nodes.js';

const columns = { id: integer(), name: text(), changed_at: timestamp() };
const check: SnapshotStrategy<keyof typeof columns> = { type: 'check', columns: ['name'] };
const byTime: SnapshotStrategy<keyof typeof columns> = { type: 'timestamp', updatedAt: 'changed_at' };

function project(strategy: SnapshotStrategy<keyof typeof columns>): readonly [unknown, Snapshot] {
  const raw = aSource('raw_films', columns);
  const history = snapshot({
    name: 'film_history',
    description: '',
    columns,
    key: ['id'],
    strategy,
    query: sql`select id, name, changed_at from ${raw}`,
  });
  return [raw, history];
}

type Film = readonly [id: number, name: string, changedAt?: string];

/** Builds with these films, at this hour of the lab's clock. */
async function see(lab: Lab, strategy: SnapshotStrategy<keyof typeof columns>, films: readonly Film[]) {
  const raw_films = films.map(([id, name, at = '2025-06-01 00:00:00']) => ({ id, name, changed_at: at }));
  const result = await lab.build(project(strategy), { rows: { raw_films } });
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
    await lab.build(project(check), {
      rows: { raw_films: [{ id: 1, name: 'Heat 3', changed_at: '2025-06-01 00:00:00' }] },
      fullRefresh: true,
    });
    expect((await history(lab)).length).toBe(3);
  });

  it('keeps the history as it was when a key comes twice', async () => {
    const lab = await openLab();
    await see(lab, check, [[1, 'Heat']]);
    const twice = ['A', 'B'].map((name) => ({ id: 2, name, changed_at: '2025-06-01 00:00:00' }));
    const result = await lab.build(project(check), { rows: { raw_films: twice } });
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
      { numRuns: 12 },
    );
  },
);

describe('the SQL of a snapshot', () => {
  const [, declared] = project(byTime);
  const now = new Date(Date.UTC(2026, 0, 1));

  it('is plain on the first run', () => {
    const write = (dialect: 'duckdb' | 'snowflake') =>
      snapshotSelect({ snapshot: declared, published: undefined, select: 'now_rows', now, dialect });
    expectSql(write, {
      duckdb: `with current_rows as (
now_rows
)
select current_rows."id", current_rows."name", current_rows."changed_at", md5(cast(current_rows."id" as varchar) || '|' || cast(current_rows."changed_at" as varchar) || '|' || cast(current_rows."changed_at" as varchar)) as scd_id, current_rows."changed_at" as updated_at, current_rows."changed_at" as valid_from, cast(null as timestamp) as valid_to
from current_rows`,
      snowflake: `with current_rows as (
now_rows
)
select current_rows."ID", current_rows."NAME", current_rows."CHANGED_AT", md5(cast(current_rows."ID" as varchar) || '|' || cast(current_rows."CHANGED_AT" as varchar) || '|' || cast(current_rows."CHANGED_AT" as varchar)) as scd_id, current_rows."CHANGED_AT" as updated_at, current_rows."CHANGED_AT" as valid_from, cast(null as timestamp) as valid_to
from current_rows`,
    });
  });

  it('closes and opens versions later', () => {
    const [, checked] = project(check);
    const write = (dialect: 'duckdb' | 'snowflake') =>
      snapshotSelect({ snapshot: checked, published: 'old', select: 'now_rows', now, dialect });
    const duckdb = `with current_rows as (
now_rows
), last_seen as (
  select "id", max(valid_to) as valid_to from old group by "id"
)
select history."id", history."name", history."changed_at", history.scd_id, history.updated_at, history.valid_from,
  case when history.valid_to is null and (current_rows."id" is null or history."name" is distinct from current_rows."name") then greatest(timestamp '2026-01-01 00:00:00.000', history.valid_from) else history.valid_to end as valid_to
from old as history
left join current_rows on history."id" = current_rows."id"
union all
select current_rows."id", current_rows."name", current_rows."changed_at", md5(cast(current_rows."id" as varchar) || '|' || cast(FROM as varchar)) as scd_id, FROM as updated_at, FROM as valid_from, cast(null as timestamp) as valid_to
from current_rows
left join old as history on history."id" = current_rows."id" and history.valid_to is null
left join last_seen on last_seen."id" = current_rows."id"
where history.scd_id is null or history."name" is distinct from current_rows."name"`.replaceAll(
      'FROM',
      "greatest(timestamp '2026-01-01 00:00:00.000', coalesce(history.valid_from, last_seen.valid_to, timestamp '2026-01-01 00:00:00.000'))",
    );
    expectSql(write, { duckdb, snowflake: duckdb.replace(/"\w+"/g, (name) => name.toUpperCase()) });
  });
});
