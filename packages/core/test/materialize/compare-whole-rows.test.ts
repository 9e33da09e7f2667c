import { describe, expect, it } from 'vitest';
import { double, integer, type Session, text } from '../../src/index.js';
import { countWholeRows, sampleWholeRows } from '../../src/materialize/compare-whole-rows.js';
import { expectSql } from '../support/golden.js';
import { openMemory, openSession } from '../support/lab.js';

const key: readonly string[] = [];
const sides = { left: 'ours', right: 'theirs', key };
const columns = { id: integer(), amount: double(), share: double() };
const doubles = { amount: double(), share: double() };

/** Two tables, from queries for id, amount and share. */
async function open(ours: string, theirs: string): Promise<Session> {
  const session = await openSession(await openMemory());
  const create = (name: string, query: string) =>
    session.execute(
      `create table ${name} (id bigint, amount double, share double); insert into ${name} ${query}`,
    );
  await create('ours', ours);
  await create('theirs', theirs);
  return session;
}

/** How many rows stand only left, and only right. */
async function surplus(session: Session, compared = columns as typeof columns | typeof doubles) {
  const [row] = await session.query(countWholeRows({ ...sides, columns: compared, dialect: 'duckdb' }));
  return [Number(row?.only_left), Number(row?.only_right)];
}

const values = (...rows: readonly string[]) => `values ${rows.map((row) => `(${row})`).join(', ')}`;

describe('rows as a whole', () => {
  it('are grouped where they have no doubles', () => {
    const exact = { id: integer(), kind: text() };
    expectSql((dialect) => sampleWholeRows({ ...sides, columns: exact, dialect }, 5), {
      duckdb: `select case when _surplus > 0 then 'left' else 'right' end as side, "id", "kind"
from (select "id", "kind", sum(_side) as _surplus from (
select "id", "kind", 1 as _side from ours as left_rows
union all
select "id", "kind", -1 as _side from theirs as right_rows
) as both_sides group by "id", "kind") as surplus_rows where _surplus <> 0 order by "id", "kind" limit 5`,
      snowflake: `select case when _surplus > 0 then 'left' else 'right' end as side, "ID", "KIND"
from (select "ID", "KIND", sum(_side) as _surplus from (
select "ID", "KIND", 1 as _side from ours as left_rows
union all
select "ID", "KIND", -1 as _side from theirs as right_rows
) as both_sides group by "ID", "KIND") as surplus_rows where _surplus <> 0 order by "ID", "KIND" limit 5`,
    });
  });

  it('are put in order by their doubles where these are rounded apart', () => {
    const some = { id: integer(), amount: double() };
    expectSql((dialect) => countWholeRows({ ...sides, columns: some, dialect }), {
      duckdb: `select coalesce(sum(case when _surplus > 0 then _surplus else 0 end), 0) as only_left, coalesce(sum(case when -_surplus > 0 then -_surplus else 0 end), 0) as only_right, 0 as differing from (with counted as (
  select both_sides."id", case when abs(both_sides."amount") < 1e300 then both_sides."amount" * 8193 - (both_sides."amount" * 8193 - both_sides."amount") else both_sides."amount" end as _rounded_0, min(both_sides."amount") as "amount", sum(_side) as _surplus
  from (
select "id", "amount", 1 as _side from ours as left_rows
union all
select "id", "amount", -1 as _side from theirs as right_rows
) as both_sides
  group by 1, 2 having sum(_side) <> 0
), neighbours as (
  select *, lead(_surplus) over (partition by "id" order by _rounded_0) as _next_surplus, lead("amount") over (partition by "id" order by _rounded_0) as _next_0 from counted
), close_ones as (
  select *, coalesce(sign(_surplus) <> sign(_next_surplus) and not (("amount" is distinct from _next_0 and coalesce(abs("amount" - _next_0) > 1e-9 * greatest(abs("amount"), abs(_next_0)) or abs("amount" - _next_0) >= 1e300, true))), false) as _is_close from neighbours
), pairs as (
  select *, _is_close and not lag(_is_close, 1, false) over (partition by "id" order by _rounded_0) and not lead(_is_close, 1, false) over (partition by "id" order by _rounded_0) as _is_pair from close_ones
), matched as (
  select *, case when _is_pair then _next_surplus when lag(_is_pair, 1, false) over (partition by "id" order by _rounded_0) then lag(_surplus) over (partition by "id" order by _rounded_0) else 0 end as _matched from pairs
)
select "id", "amount", sign(_surplus) * greatest(abs(_surplus) - abs(_matched), 0) as _surplus from matched) as surplus_rows`,
      snowflake: `select coalesce(sum(case when _surplus > 0 then _surplus else 0 end), 0) as only_left, coalesce(sum(case when -_surplus > 0 then -_surplus else 0 end), 0) as only_right, 0 as differing from (with counted as (
  select both_sides."ID", case when abs(both_sides."AMOUNT") < 1e300 then both_sides."AMOUNT" * 8193 - (both_sides."AMOUNT" * 8193 - both_sides."AMOUNT") else both_sides."AMOUNT" end as _rounded_0, min(both_sides."AMOUNT") as "AMOUNT", sum(_side) as _surplus
  from (
select "ID", "AMOUNT", 1 as _side from ours as left_rows
union all
select "ID", "AMOUNT", -1 as _side from theirs as right_rows
) as both_sides
  group by 1, 2 having sum(_side) <> 0
), neighbours as (
  select *, lead(_surplus) over (partition by "ID" order by _rounded_0) as _next_surplus, lead("AMOUNT") over (partition by "ID" order by _rounded_0) as _next_0 from counted
), close_ones as (
  select *, coalesce(sign(_surplus) <> sign(_next_surplus) and not (("AMOUNT" is distinct from _next_0 and coalesce(abs("AMOUNT" - _next_0) > 1e-9 * greatest(abs("AMOUNT"), abs(_next_0)) or abs("AMOUNT" - _next_0) >= 1e300, true))), false) as _is_close from neighbours
), pairs as (
  select *, _is_close and not lag(_is_close, 1, false) over (partition by "ID" order by _rounded_0) and not lead(_is_close, 1, false) over (partition by "ID" order by _rounded_0) as _is_pair from close_ones
), matched as (
  select *, case when _is_pair then _next_surplus when lag(_is_pair, 1, false) over (partition by "ID" order by _rounded_0) then lag(_surplus) over (partition by "ID" order by _rounded_0) else 0 end as _matched from pairs
)
select "ID", "AMOUNT", sign(_surplus) * greatest(abs(_surplus) - abs(_matched), 0) as _surplus from matched) as surplus_rows`,
    });
  });

  it('are the same if all that differs are the last digits of doubles, whichever way these are rounded', async () => {
    const session = await open(
      'select range % 10, sqrt(range), ln(range + 1) from range(50000)',
      `select id, amount * (1 + (cast(hash(amount) % 3 as int) - 1) * 3e-16), share * (1 + (cast(hash(share) % 3 as int) - 1) * 3e-16) from ours`,
    );
    expect(await surplus(session)).toEqual([0, 0]);
    expect(await surplus(session, doubles)).toEqual([0, 0]);
    await session.execute('delete from theirs where round(amount, 6) = 5');
    await session.execute('update theirs set share = share + 1e-3 where round(amount, 6) = 7');
    expect(await surplus(session)).toEqual([2, 1]);
    expect(await session.query(sampleWholeRows({ ...sides, columns, dialect: 'duckdb' }, 5))).toMatchObject([
      { side: 'left', id: 5, amount: 5 },
      { side: 'left', id: 9, amount: 7 },
      { side: 'right', id: 9, amount: 7 },
    ]);
  });

  it.each([
    ['within a billionth', '1, 1, 0', '1, 1.0000000005, 0', [0, 0]],
    ['further apart', '1, 1, 0', '1, 1.000000002, 0', [1, 1]],
    ['of other rows', '1, 1, 0', '2, 1, 0', [1, 1]],
    ['that have changed places', '1, 1, 2', '1, 2, 1', [1, 1]],
    ['in the place of a null', '1, null, 0', '1, 0, 0', [1, 1]],
    ['that both are null', '1, null, 0', '1, null, 0', [0, 0]],
    ['that are infinite on one side', "1, 'inf'::double, 0", '1, 1e299, 0', [1, 1]],
    ['of the other infinity', "1, 'inf'::double, 0", "1, '-inf'::double, 0", [1, 1]],
    ['that are no numbers', "1, 'nan'::double, 0", "1, 'nan'::double, 0", [0, 0]],
  ])('with doubles %s', async (_what, ours, theirs, expected) => {
    expect(await surplus(await open(values(ours), values(theirs)))).toEqual(expected);
  });

  it('count as often as they are there, rounded apart or not', async () => {
    const session = await open(
      values('1, 1, 0', '1, 1, 0', '1, 1, 0'),
      values('1, 1.0000000005, 0', '1, 1, 0'),
    );
    expect(await surplus(session)).toEqual([1, 0]);
  });

  it('are never the same as two others, close as these may be', async () => {
    const near = ['1, 1, 0', '1, 1.0000000010, 0'];
    expect(await surplus(await open(values(...near), values('1, 1.0000000005, 0')))).toEqual([2, 1]);
  });
});
