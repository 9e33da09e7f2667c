import { describe, expect, it } from 'vitest';
import { type Dialect, double, integer, text } from '../../src/index.js';
import { createOverlay, publishSlice, type Slice, touchedRows } from '../../src/materialize/slice.js';
import { expectSql } from '../support/golden.js';
import { openMemory, openSession, rowsOf } from '../support/lab.js';

const sliceOf = (dialect: Dialect): Slice => ({
  published: 'items',
  rows: 'new_rows',
  replaced: 'old_rows',
  newRowsAreTouched: true,
  touched: [{ table: 'touched_ids', columns: ['id'] }],
  columns: { id: integer(), kind: text().nullable(), amount: double() },
  dialect,
});

describe('a part of a table that is computed anew', () => {
  it('is shown in its place by a view', () => {
    expectSql((dialect) => createOverlay('shown', sliceOf(dialect)), {
      duckdb: [
        `create or replace view shown as
select "id", "kind", "amount" from (select * from items as stored where not (exists (select 1 from touched_ids as touched where touched."id" is not distinct from stored."id"))) as untouched
union all
select "id", "kind", "amount" from new_rows`,
      ],
      snowflake: [
        `create or replace view shown as
select "ID", "KIND", "AMOUNT" from (select * from items as stored where not (coalesce(length(cast(stored."ID" as varchar)) || ':' || cast(stored."ID" as varchar), '-') in (select coalesce(length(cast("ID" as varchar)) || ':' || cast("ID" as varchar), '-') from touched_ids))) as untouched
union all
select "ID", "KIND", "AMOUNT" from new_rows`,
      ],
    });
  });

  it('is published by deleting the rows that stood there, and inserting those of now', () => {
    expectSql((dialect) => publishSlice(sliceOf(dialect)), {
      duckdb: [
        'delete from items where (exists (select 1 from touched_ids as touched where touched."id" is not distinct from items."id"))',
        'insert into items ("id", "kind", "amount") select "id", "kind", "amount" from new_rows',
      ],
      snowflake: [
        'delete from items where (coalesce(length(cast(items."ID" as varchar)) || \':\' || cast(items."ID" as varchar), \'-\') in (select coalesce(length(cast("ID" as varchar)) || \':\' || cast("ID" as varchar), \'-\') from touched_ids))',
        'insert into items ("ID", "KIND", "AMOUNT") select "ID", "KIND", "AMOUNT" from new_rows',
      ],
    });
  });

  it('makes the table what the view has shown', async () => {
    const session = await openSession(await openMemory());
    await session.execute(
      "create table items as select * from (values (1, 'a', 1.5::double), (2, null, 2.5), (2, 'b', 3.5)) as rows(id, kind, amount)",
    );
    await session.execute("create table new_rows as select 7.5::double as amount, 3 as id, 'c' as kind");
    await session.execute('create table touched_ids as select unnest([2, 3]) as id');
    const slice = sliceOf('duckdb');
    expect((await session.query(`select * from ${touchedRows(slice)}`)).length).toBe(2);
    for (const statement of createOverlay('shown', slice)) await session.execute(statement);
    const shown = await rowsOf(session, 'shown');
    expect(shown).toEqual([
      { id: 1, kind: 'a', amount: 1.5 },
      { id: 3, kind: 'c', amount: 7.5 },
    ]);
    for (const statement of publishSlice(slice)) await session.execute(statement);
    expect(await rowsOf(session, 'items')).toEqual(shown);
  });
});
