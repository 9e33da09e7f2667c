import { describe, expect, it } from 'vitest';
import { activityDays, FIRST_DAY_GAP, sql } from '../../src/index.js';
import { expectSql, render, run } from './support.js';

const as = { gap: 'gap', day: 'day', count: 'users' };
const visits = {
  from: sql`visits`,
  id: sql`user_id`,
  day: sql`cast(seen as date)`,
  as,
};
const setup = [
  `create table visits as select * from (values
    (1, timestamp '2012-02-28 10:00:00', 'a'), (1, timestamp '2012-02-28 23:59:59', 'a'), (1, timestamp '2012-03-01 00:00:00', 'b'),
    (2, timestamp '2012-03-01 12:00:00', 'a'), (3, timestamp '2012-03-01 12:00:00', 'a'),
    (null, timestamp '2012-03-01 12:00:00', 'a'), (4, null, 'a')) as v(user_id, seen, shop)`,
];

describe('activityDays', () => {
  it('counts the days of each thing by the days since its last', async () => {
    const rows = await run(
      sql`select gap, day, users from ${activityDays(visits)} as t order by day, gap`,
      setup,
    );
    expect(rows).toEqual([
      [FIRST_DAY_GAP, '2012-02-28', 1],
      [2, '2012-03-01', 1],
      [FIRST_DAY_GAP, '2012-03-01', 2],
    ]);
  });

  it('begins anew within each combination of values', async () => {
    const days = activityDays({ ...visits, within: { shop: sql`shop` } });
    const rows = await run(sql`select shop, gap, day, users from ${days} as t order by all`, setup);
    expect(rows).toEqual([
      ['a', FIRST_DAY_GAP, '2012-02-28', 1],
      ['a', FIRST_DAY_GAP, '2012-03-01', 2],
      ['b', FIRST_DAY_GAP, '2012-03-01', 1],
    ]);
  });

  it('is the same on every engine but for the quoting of names', () => {
    const duckdb = `(
      select "shop", "gap", "day", count(*) as "users"
      from (
        select "shop", "day", coalesce(datediff('day', lag("day") over (partition by activity_id, "shop" order by "day"), "day"), 10000000) as "gap"
        from (select user_id as activity_id, lower(shop) as "shop", cast(seen as date) as "day" from visits) as activity
        where activity_id is not null and "day" is not null
      ) as gaps
      where "gap" > 0
      group by "shop", "gap", "day"
    )`;
    const call = activityDays({ ...visits, within: { shop: sql`lower(shop)` } });
    expectSql(call, { duckdb, snowflake: duckdb.replace(/"\w+"/g, (name) => name.toUpperCase()) });
    expect(render(activityDays(visits), 'duckdb')).toContain('(partition by activity_id order by "day")');
  });
});
