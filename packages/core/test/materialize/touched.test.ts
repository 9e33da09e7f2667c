import { describe, expect, it } from 'vitest';
import { type Dialect, dialects } from '../../src/index.js';
import { isTouched } from '../../src/materialize/touched.js';
import { expectSql } from '../support/golden.js';
import { openMemory, openSession } from '../support/lab.js';

const touched = [
  { table: 'ids', columns: ['id'] },
  { table: 'kinds', columns: ['kind', 'id'] },
];
const condition = (dialect: Dialect, columnOf = (column: string): string | undefined => column) =>
  isTouched({ alias: 'one', touched, dialect, columnOf });

describe('the condition that rows are touched', () => {
  it('is that one of the tables has their values, null among them', () => {
    expectSql((dialect) => condition(dialect) ?? '', {
      duckdb: `(exists (select 1 from ids as touched where touched."id" is not distinct from one."id")
  or exists (select 1 from kinds as touched where touched."kind" is not distinct from one."kind" and touched."id" is not distinct from one."id"))`,
      snowflake: `(coalesce(length(cast(one."ID" as varchar)) || ':' || cast(one."ID" as varchar), '-') in (select coalesce(length(cast("ID" as varchar)) || ':' || cast("ID" as varchar), '-') from ids)
  or coalesce(length(cast(one."KIND" as varchar)) || ':' || cast(one."KIND" as varchar), '-') || coalesce(length(cast(one."ID" as varchar)) || ':' || cast(one."ID" as varchar), '-') in (select coalesce(length(cast("KIND" as varchar)) || ':' || cast("KIND" as varchar), '-') || coalesce(length(cast("ID" as varchar)) || ':' || cast("ID" as varchar), '-') from kinds))`,
    });
  });

  it('asks for the values that an input has under its own names', () => {
    expectSql((dialect) => condition(dialect, (column) => (column === 'id' ? 'own_id' : undefined)) ?? '', {
      duckdb: `(exists (select 1 from ids as touched where touched."id" is not distinct from one."own_id")
  or exists (select 1 from kinds as touched where touched."id" is not distinct from one."own_id"))`,
      snowflake: `(coalesce(length(cast(one."OWN_ID" as varchar)) || ':' || cast(one."OWN_ID" as varchar), '-') in (select coalesce(length(cast("ID" as varchar)) || ':' || cast("ID" as varchar), '-') from ids)
  or coalesce(length(cast(one."OWN_ID" as varchar)) || ':' || cast(one."OWN_ID" as varchar), '-') in (select coalesce(length(cast("ID" as varchar)) || ':' || cast("ID" as varchar), '-') from kinds))`,
    });
  });

  it('cannot be told of rows that share no column with one of the tables', () => {
    expect(condition('duckdb', (column) => (column === 'kind' ? 'kind' : undefined))).toBeUndefined();
  });

  it.each(dialects)('holds for the rows that have these values, as written for %s', async (dialect) => {
    const session = await openSession(await openMemory());
    await session.execute(
      "create table kinds as select * from (values (null, 1), ('a', 2)) as rows(kind, id)",
    );
    await session.execute('create table ids as select 7 as id');
    const rows = await session.query(
      `select * from (values (1, null), (1, 'a'), (2, 'a'), (2, null), (7, 'z')) as one(id, kind) where ${condition(dialect)} order by all`,
    );
    expect(rows).toEqual([
      { id: 1, kind: null },
      { id: 2, kind: 'a' },
      { id: 7, kind: 'z' },
    ]);
  });
});
